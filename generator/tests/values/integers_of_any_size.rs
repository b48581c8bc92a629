//! Integers that the description allows come back with all of their digits.

use client::BigInteger;
use client::types::{Account, AccountLimit, Widths};

fn comes_back<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> T {
    let read: T = serde_json::from_str(json).expect(json);
    assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
    read
}

#[test]
fn integers_beyond_64_bits_come_back_wherever_they_stand() {
    const MOST: &str = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    let read: Account = comes_back(
        &r#"{"balance":#,"name":"a","history":[#,1,18446744073709551616],"tokens":{"a":#},"pending":#,"limit":#,"pair":[#,"a"]}"#
            .replace('#', MOST),
    );
    assert_eq!(read.balance, MOST.parse().expect("an integer"));
    assert!(matches!(read.limit, Some(AccountLimit::Wei(limit)) if limit == read.balance));
    let read: Account = comes_back(r#"{"balance":7,"name":"a","pending":null,"limit":"none"}"#);
    assert_eq!(u8::try_from(read.balance), Ok(7));
}

#[test]
fn each_integer_that_is_described_comes_back() {
    let of_widths = [
        ("below_i64", "-9223372036854779904"),
        ("at_i64", "-9223372036854775808"),
        ("at_i64", "9223372036854775807"),
        ("rounded_i64", "9223372036854775807"),
        ("exclusive_i64", "9223372036854775807"),
        ("beyond_exclusive_i64", "9223372036854775808"),
        ("signed_beyond_i64", "-1"),
        ("signed_beyond_i64", "10000000000000000000"),
        ("at_u64", "18446744073709551615"),
        ("exclusive_u64", "18446744073709551615"),
        ("rounded_u64", "18446744073709551615"),
        ("rounded_u64_with_its_format", "18446744073709551615"),
        ("beyond_u64", "18446744073709560000"),
        ("of_a_float", "-100000000000000000000"),
        ("by_default", "100000000000000000000"),
        ("by_example", "100000000000000000000"),
        ("by_text", "100000000000000000000"),
        ("int64_with_a_larger_maximum", "18446744073709551615"),
        ("int64_beyond_u64", "1000000000000000000000000000000"),
        ("int32_with_a_larger_maximum", "4294967295"),
        ("int32_with_a_moment", "1700000000000"),
        ("uint32_below_zero", "-1"),
        ("uint32_below_zero", "4294967295"),
        ("wide_by_format", "340282366920938463463374607431768211456"),
        ("of_two_widths", "1000000000000000000000000000000"),
        ("number_of_64_bits", "18446744073709551615"),
    ];
    for (name, integer) in of_widths {
        let read: Widths = comes_back(&format!("{{\"{name}\":{integer}}}"));
        assert!(read.extra.is_empty(), "{name}");
    }
}

#[test]
fn callers_give_any_integers() {
    let account = Account::new(5, "a").history([u128::MAX, 1]).pending(BigInteger::from(-1));
    let json = r#"{"balance":5,"name":"a","history":[340282366920938463463374607431768211455,1],"pending":-1}"#;
    assert_eq!(serde_json::to_string(&account).expect("JSON"), json);
}
