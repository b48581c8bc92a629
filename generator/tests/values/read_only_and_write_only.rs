//! `new` asks for what requests must have, also where replies leave it out.

use client::types::User;

#[test]
fn new_asks_for_what_only_requests_have() {
    let made = User::new("ada", "secret");
    let json = serde_json::to_string(&made).expect("JSON");
    assert_eq!(json, r#"{"name":"ada","password":"secret"}"#);
    let read: User = serde_json::from_str(r#"{"id":1,"name":"ada"}"#).expect("a reply");
    assert_eq!((read.id, read.password), (Some(1), None));
}
