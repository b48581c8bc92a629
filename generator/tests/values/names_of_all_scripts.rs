//! Names of other scripts are sent and read as they are written.

use client::types::{Masse, Polzovatel, PolzovatelRol, 小说, 小说状态};

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect(json)
}

#[test]
fn members_and_values_have_their_names_in_json() {
    let came = r#"{"größe":1.5,"Länge (m²)":2.0,"υψηλό":true}"#;
    let sent = Masse::new(1.5).lange_m2(2.0).ypsilo(true);
    assert_eq!(read::<Masse>(came).lange_m2, Some(2.0));
    assert_eq!(serde_json::to_string(&sent).expect("JSON"), came);

    let came = r#"{"书名":"a","作者ID":"b","状态":"完结","章节":[{"タイトル":"c","제목":"d"}]}"#;
    let novel: 小说 = read(came);
    assert_eq!((novel.书名.as_deref(), novel.作者_id.as_deref()), (Some("a"), Some("b")));
    assert_eq!(novel.状态, Some(小说状态::完结));
    let chapter = &novel.章节.as_ref().expect("chapters")[0];
    assert_eq!((chapter.タイトル.as_deref(), chapter.제목.as_deref()), (Some("c"), Some("d")));
    assert_eq!(serde_json::to_string(&novel).expect("JSON"), came);

    let user: Polzovatel = read(r#"{"имя":"a","роль":"ЧИТАТЕЛЬ"}"#);
    assert_eq!((user.imya.as_deref(), user.rol), (Some("a"), Some(PolzovatelRol::Chitatel)));
}
