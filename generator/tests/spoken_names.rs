//! Names of methods and types as one would say them.

use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};
use serde_json::{Value, json};

fn model(paths: &Value) -> Api {
    model_of(&json!({ "paths": paths }))
}

fn model_of(members: &Value) -> Api {
    let mut description = members.clone();
    description["openapi"] = json!("3.1.0");
    description["info"] = json!({ "title": "Names", "version": "1" });
    let source = Source::new("names.json", description.to_string());
    Generator::new("names").api(&source).unwrap_or_else(|found| panic!("{found}")).value
}

/// The methods of all groups: `books.list`.
fn methods(api: &Api) -> Vec<String> {
    let of_tag = |tag: &lantern_generator::pipeline::model::Tag| {
        let module = tag.name.rust().to_owned();
        let methods =
            tag.operations.iter().map(move |found| format!("{module}.{}", found.name.rust()));
        methods.collect::<Vec<_>>()
    };
    api.tags.iter().flat_map(of_tag).collect()
}

fn types(api: &Api) -> Vec<&str> {
    api.types.iter().map(|ty| ty.name.rust()).collect()
}

fn operation(id: &str, tag: &str) -> Value {
    let id_in_path =
        json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    json!({
        "operationId": id,
        "tags": [tag],
        "parameters": [id_in_path],
        "responses": { "204": { "description": "Done" } },
    })
}

fn whole(id: &str, tag: &str) -> Value {
    let mut operation = operation(id, tag);
    operation["parameters"] = json!([]);
    operation
}

/// An operation with a JSON body at one place: `requestBody`, or a status.
fn with_body(id: &str, place: &str, schema: Value) -> Value {
    let mut operation = whole(id, "Library");
    let content = json!({ "application/json": { "schema": schema } });
    match place {
        "requestBody" => operation[place] = json!({ "content": content }),
        status => {
            operation["responses"][status] = json!({ "description": "A body", "content": content });
        }
    }
    json!({ "post": operation })
}

#[test]
fn groups_may_have_the_names_of_methods_of_http() {
    let tags = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "Trace", "Test"];
    let paths =
        tags.map(|tag| (format!("/{tag}"), json!({ "get": whole(&format!("check{tag}"), tag) })));
    let api = model(&paths.into_iter().collect());
    let modules: Vec<_> = api.tags.iter().map(|tag| tag.name.rust()).collect();
    assert_eq!(modules, tags.map(str::to_lowercase));
}

#[test]
fn a_collection_is_listed_and_an_item_is_got() {
    let api = model(&json!({
        "/books": { "get": whole("getBooks", "Books") },
        "/books/{id}": { "get": operation("getBook", "Books") },
        "/news": { "get": whole("getNews", "News") },
        // A third one that wants the same name: all words are kept.
        "/members": { "get": whole("getMembers", "Members") },
        "/members/{id}": { "get": operation("getMember", "Members") },
        "/members/list": { "post": whole("listMembers", "Members") },
        // Neither is an item of the other.
        "/loan": { "get": whole("getLoan", "Loans") },
        "/loans": { "get": whole("getLoans", "Loans") },
    }));
    let expected = [
        "books.list",
        "books.get",
        "news.get",
        "members.get_members",
        "members.get",
        "members.list_members",
        "loans.get_loan",
        "loans.get_loans",
    ];
    assert_eq!(methods(&api), expected);
}

/// An operation that returns this.
fn returning(id: &str, tag: &str, schema: &Value) -> Value {
    let mut operation = whole(id, tag);
    operation["responses"] = json!({ "200": {
        "description": "Found",
        "content": { "application/json": { "schema": schema } },
    } });
    operation
}

#[test]
fn what_returns_the_things_of_its_group_lists_them_though_none_can_be_got() {
    let book = json!({ "type": "object", "properties": { "title": { "type": "string" } } });
    let list = json!({ "type": "array", "items": book });
    let page_of = |member: &str| json!({ "type": "object", "properties": { member: list } });
    let api = model(&json!({
        "/books": { "get": returning("getBooks", "Books", &list) },
        "/trips": { "get": returning("get-trips", "Trips", &page_of("data")) },
        "/loans": { "get": returning("getLoans", "Loans", &page_of("loans")) },
        // One thing, though its name is a plural; or it has a list of something else.
        "/settings": { "get": returning("getSettings", "Settings", &book) },
        "/limits": { "get": returning("getLimits", "Limits", &page_of("windows")) },
        // Not what is called so.
        "/box": { "get": returning("getBox", "Boxes", &list) },
        "/notes": { "post": returning("getNotes", "Notes", &list) },
        // Two of them, or one that is called so already.
        "/members": { "get": returning("getMembers", "Members", &list) },
        "/clubs/members": { "get": returning("findMembers", "Members", &list) },
        "/tags": { "get": returning("getTags", "Tags", &list) },
        "/all/tags": { "get": returning("listTags", "Tags", &list) },
    }));
    let expected = [
        "books.list",
        "trips.list",
        "loans.list",
        "settings.get",
        "limits.get",
        "boxes.get",
        "notes.get",
        "members.get",
        "members.find",
        "tags.get",
        "tags.list",
    ];
    assert_eq!(methods(&api), expected);
}

#[test]
fn what_is_found_by_its_parameter_is_got_beside_its_collection() {
    let api = model(&json!({
        "/comments": { "get": whole("comments_get", "Comments") },
        "/comments/{id}": { "get": operation("comments_get-by-id", "Comments") },
        "/notes/": { "get": whole("notes_get", "Notes") },
        "/notes/{id}": { "get": operation("notes_get-by-id", "Notes") },
        // There is no collection that is called so.
        "/scores": { "get": whole("scores_get-many", "Scores") },
        "/scores/{id}": { "get": operation("scores_get-by-id", "Scores") },
        // It is found by another parameter, too.
        "/users": { "get": whole("users_get", "Users") },
        "/users/{id}": { "get": operation("users_get-by-id", "Users") },
        "/users/names/{id}": { "get": operation("users_get-by-name", "Users") },
    }));
    let expected = [
        "comments.list",
        "comments.get",
        "notes.list",
        "notes.get",
        "scores.get_many",
        "scores.get_by_id",
        "users.list",
        "users.get",
        "users.get_by_name",
    ];
    assert_eq!(methods(&api), expected);
}

#[test]
fn what_is_called_as_its_group_is_got() {
    let api = model(&json!({
        "/health": { "get": whole("health", "Health") },
        "/metrics": { "get": whole("metrics", "Metrics"), "post": whole("pushMetrics", "Metrics") },
        "/login": { "post": whole("login", "Login") },
        "/search": { "get": whole("search", "Search") },
        "/trace": { "get": whole("trace", "Trace") },
        "/trace/last": { "get": whole("getTrace", "Trace") },
        "/scores": { "get": whole("scores_v3_get-many-v3", "ScoresV3") },
    }));
    let expected = [
        "health.get",
        "metrics.get",
        "metrics.push",
        "login.login",
        "search.search",
        "trace.trace",
        "trace.get_trace",
        "scores_v3.get_many",
    ];
    assert_eq!(methods(&api), expected);
}

#[test]
fn articles_of_ids_are_left_out_unless_two_operations_differ_by_them() {
    let api = model(&json!({
        "/albums/{id}": { "get": operation("get-an-album", "Albums") },
        "/albums/{id}/tracks": { "get": operation("get-an-albums-tracks", "Albums") },
        "/records/a": { "get": whole("get-a-records", "Dns") },
        "/the/first": { "get": whole("get-the-first", "Firsts") },
        "/first": { "get": whole("get-first", "Firsts") },
    }));
    let expected = [
        "albums.get",
        "albums.get_albums_tracks",
        "dns.get_a_records",
        "firsts.get_the_first",
        "firsts.get",
    ];
    assert_eq!(methods(&api), expected);
}

#[test]
fn bodies_of_several_operations_are_named_after_what_is_in_them() {
    let ids = json!({ "type": "object", "properties": { "ids": { "type": "array", "items": { "type": "string" } } } });
    let done = json!({ "type": "object", "properties": { "done": { "type": "boolean" } } });
    let status = json!({
        "type": "object",
        "properties": {
            "took": { "type": "number" },
            "status": { "type": "string" },
            "ok": { "type": "boolean" },
            "code": { "type": "integer" },
        },
    });
    let error = json!({ "type": "object", "properties": { "message": { "type": "string" }, "code": { "type": "string" } } });
    let api = model(&json!({
        "/a": with_body("saveAlbums", "requestBody", ids.clone()),
        "/b": with_body("removeTracks", "requestBody", ids.clone()),
        "/c": with_body("checkShows", "requestBody", ids),
        "/d": with_body("openShelf", "200", done.clone()),
        "/e": with_body("closeDesk", "200", done.clone()),
        "/f": with_body("lendBook", "200", done),
        "/g": with_body("buildIndex", "200", status.clone()),
        "/h": with_body("dropTable", "200", status.clone()),
        "/i": with_body("growTree", "200", status),
        "/j": with_body("findCar", "404", error.clone()),
        "/k": with_body("sellHouse", "404", error.clone()),
        "/l": with_body("paintBoat", "404", error),
    }));
    assert_eq!(types(&api), ["IdsRequest", "DoneResponse", "CommonResponse", "ErrorResponse"]);
}

#[test]
fn errors_that_operations_share_are_told_apart_by_their_status() {
    let error = |member: &str| json!({ "type": "object", "properties": { member: { "type": "string" }, "at": { "type": "string" } } });
    let operation = |id: &str| {
        let content = |schema: Value| json!({ "description": "An error", "content": { "application/json": { "schema": schema } } });
        let mut operation = whole(id, "Library");
        operation["responses"]["403"] = content(error("reason"));
        operation["responses"]["404"] = content(error("missing"));
        json!({ "post": operation })
    };
    let api = model(&json!({
        "/a": operation("openBook"),
        "/b": operation("closeBook"),
        "/c": operation("lendBook"),
    }));
    assert_eq!(types(&api), ["BookResponse403", "BookResponse404"]);
}

#[test]
fn a_body_of_several_responses_is_called_after_what_they_are_for() {
    let body = |member: &str| {
        let schema = json!({ "type": "object", "properties": {
            member: { "type": "string" }, "hint": { "type": "string" },
        } });
        json!({ "description": "", "content": { "application/json": { "schema": schema } } })
    };
    let to = |name: &str| json!({ "$ref": format!("#/components/responses/{name}") });
    let replies = json!({
        "200": to("Found"), "201": to("Made"), "202": to("Begun"),
        "403": to("Forbidden"), "404": to("Missing"), "410": to("Gone"), "409": to("Conflict"),
    });
    let api = model_of(&json!({
        "paths": { "/books": { "get": { "operationId": "getBook", "responses": replies } } },
        "components": { "responses": {
            "Found": body("title"), "Made": body("title"), "Begun": body("title"),
            "Forbidden": body("fault"), "Missing": body("fault"), "Gone": body("fault"),
            "Conflict": body("place"),
        } },
    }));
    assert_eq!(types(&api), ["CommonResponse", "ErrorResponse", "Conflict"]);
}

#[test]
fn ids_that_tools_made_of_paths_say_no_more_than_paths() {
    let mut update = operation("put_files_id", "Files");
    update["summary"] = json!("Update file");
    let api = model(&json!({
        "/files": { "get": whole("get_files", "Files"), "post": whole("post_files", "Files") },
        "/files/{id}": {
            "get": operation("get_files_id", "Files"),
            "put": update,
            "delete": operation("delete_files_id", "Files"),
        },
        "/files/{id}/copy": { "post": operation("post_files_id_copy", "Files") },
        "/usage": { "get": whole("measureUse", "Files") },
    }));
    let expected = ["list", "create", "get", "update", "delete", "copy", "measure_use"];
    assert_eq!(methods(&api), expected.map(|method| format!("files.{method}")));
}

#[test]
fn ids_of_authors_are_kept_though_some_are_as_of_tools() {
    let api = model(&json!({
        "/files": { "get": whole("browseFiles", "Files") },
        "/files/{id}": { "get": operation("getFilesId", "Files"), "put": operation("store", "Files") },
        "/files/{id}/copy": { "post": operation("clone file", "Files") },
    }));
    let expected = ["browse", "get_files_id", "store", "clone_file"];
    assert_eq!(methods(&api), expected.map(|method| format!("files.{method}")));
}
