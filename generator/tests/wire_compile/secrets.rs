//! Secrets are sent, and `Debug` does not show them.

use fixture::mock::Mock;
use fixture::types::{NewUser, User};
use fixture::servers;
use fixture::users::AddUser;

#[test]
fn secrets_are_sent_and_not_shown() {
    let mock = Mock::new();
    let reply = r#"{"name": "ada", "token": "canary-3"}"#;
    mock.on::<AddUser>().reply_bytes("application/json", reply);
    let user = NewUser::new("ada", "canary-1").pin("canary-2");
    let client = mock.client();
    let reply = client.users().add(user.clone()).send_blocking().expect("a user");
    assert_eq!(mock.seen::<AddUser>()[0].body(), user);
    assert_eq!(reply.token.as_deref(), Some("canary-3"));
    let shown = format!("{user:?} {user:#?} {reply:?} {:?}", NewUser::new("ada", ""));
    assert!(!shown.contains("canary") && shown.contains("\"ada\""), "{shown}");
    assert!(shown.contains("pin: Some([redacted])") && shown.contains("pin: None"), "{shown}");
    assert!(serde_json::from_str::<User>("{\"name\": \"a\"}").is_ok());
}

#[test]
fn secret_variables_of_a_server_are_in_its_url_and_not_shown() {
    let server = servers::ExampleComBot::default().shop("ada").token("canary-1").pin("canary-2");
    let shown = format!("{server:?} {server:#?}");
    assert!(!shown.contains("canary") && shown.contains("\"ada\""), "{shown}");
    assert_eq!(String::from(server), "https://ada.example.com/botcanary-1/canary-2");
}
