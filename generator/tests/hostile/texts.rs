//! Texts that would run or live in documentation, were they passed on as they are.

/// Code by fence, by tilde fence and by indent, in lists and in quotes.
pub const CODE: &[&str] = &[
    "```\nevil()\n```",
    "```rust\nevil()\n```",
    "~~~rust,should_panic\nevil()\n~~~",
    "    evil()",
    "\tevil()",
    "- a\n\n      evil()",
    "1. a\n\n   ```\n   evil()\n   ```",
    "> ```\n> evil()\n> ```",
    ">     evil()",
    "a\n\n\n\n      evil()",
    "<pre>\n    evil()\n</pre>",
    "```\nevil()",
    "````rust\n```\nevil()\n````",
];

/// HTML and links that run code.
pub const HTML: &[&str] = &[
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    "<svg/onload=evil()>",
    "a <b onclick=\"evil()\">b</b>",
    "<!-- evil -->",
    "<?evil?>",
    "<![CDATA[evil]]>",
    "[a](javascript:evil())",
    "[a](JaVaScRiPt:evil())",
    "[a](data:text/html,evil)",
    "[a]: javascript:evil()\n\n[a]",
    "<javascript:evil()>",
    "![a](javascript:evil())",
    "&lt;script&gt;evil()",
];
