use proptest::prelude::*;

use super::*;

fn joined(segments: &[Segment]) -> String {
    segments.iter().map(|s| s.text.as_str()).collect()
}

fn hit_texts(segments: &[Segment]) -> Vec<&str> {
    segments
        .iter()
        .filter(|s| s.hit)
        .map(|s| s.text.as_str())
        .collect()
}

#[test]
fn folds() {
    for (text, folded) in [
        ("", ""),
        ("Café", "cafe"),
        ("Cafe\u{301}", "cafe"),
        ("CRÈME brûlée, ﬁne!", "creme brulee fine"),
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("İstanbul ısı", "istanbul isi"),
        ("Øresund Łódź Æsir", "oresund lodz aesir"),
        ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
        ("Ёлка й", "елка и"),
        ("ＦＵＬＬ２", "full2"),
        ("don't e-mail_me", "don t e mail me"),
        ("½ ① x²", "1 2 1 x2"),
        ("Foo™ 10 €", "foo 10"),
        ("soft\u{ad}hyphen", "softhyphen"),
        ("हिन्दी", "हिन्दी"),
        ("がくせい 한국어", "がくせい 한국어"),
        ("\u{301}\u{302}", ""),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
    assert_eq!(fold(&"x".repeat(99)), "x".repeat(MAX_WORD_CHARS));
}

#[test]
fn folding_any_single_character_twice_changes_nothing() {
    for c in '\0'..=char::MAX {
        let once = fold(&format!("a{c}b"));
        assert_eq!(fold(&once), once, "{c:?}");
    }
}

#[test]
fn query_terms_and_documents() {
    assert_eq!(terms("  Printer, PRINTER offline!"), ["printer", "offline"]);
    assert!(terms(" -- !").is_empty());
    assert_eq!(terms("a b c d e f g h i j").len(), MAX_TERMS);
    assert_eq!(
        document(&["VPN setup", "Setup the VPN now"], 3),
        "vpn setup the"
    );
    assert_eq!(document(&["a"], 0), "");
    assert!(matches_all("vpn setup guide", &["set", "vpn"]));
    assert!(!matches_all("vpn setup guide", &["tup"]));
    assert!(matches_all("anything", &[] as &[&str]));
}

#[test]
fn marks_words_of_the_original() {
    let marked = segments("Le Café, cafeteria & decaf.", &["cafe"]);
    assert_eq!(hit_texts(&marked), ["Café", "cafeteria"]);
    assert_eq!(joined(&marked), "Le Café, cafeteria & decaf.");
    assert_eq!(
        hit_texts(&segments("x e\u{301}te\u{301} y", &["ete"])),
        ["e\u{301}te\u{301}"]
    );
    assert!(segments("", &["a"]).is_empty());
}

#[test]
fn snippets_show_the_best_window() {
    let text = "printer ".to_owned()
        + &"lorem ".repeat(60)
        + "the printer is offline today "
        + &"ipsum ".repeat(60);
    let shown = snippet(&text, &["printer", "offline"], 60);
    assert_eq!(hit_texts(&shown), ["printer", "offline"]);
    let line = joined(&shown);
    assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
    assert!(
        line.chars().count() <= 60 && line.contains("lorem the printer"),
        "{line}"
    );
    assert_eq!(
        joined(&snippet("one  two\nthree", &["zzz"], 100)),
        "one two three"
    );
    assert_eq!(joined(&snippet("one two three", &["zzz"], 9)), "one two…");
    assert_eq!(
        joined(&snippet("e\u{301}e\u{301}e\u{301}", &["zzz"], 5)),
        "e\u{301}…"
    );
    assert!(snippet("", &["a"], 10).is_empty());
    assert!(snippet("abc def", &["a"], 0).is_empty());
}

#[test]
fn ranks_title_over_headings_over_body_and_words_over_prefixes() {
    let order = [
        Folded::new("VPN", "", ""),
        Folded::new("Set up the VPN", "", ""),
        Folded::new("About vpnclient", "vpn vpn", "vpn"),
        Folded::new("Guide", "VPN", ""),
        Folded::new("Guide", "vpnclient", &"vpn ".repeat(100)),
        Folded::new("Guide", "", "vpn"),
        Folded::new("Guide", "", "the vpn and the rest of it"),
        Folded::new("Guide", "", "at last there is the vpn and the rest of it"),
        Folded::new("Guide", "", "vpnclient"),
    ];
    let scores: Vec<_> = order.iter().map(|f| rank(f, &["vpn"]).unwrap()).collect();
    assert!(
        scores.windows(2).all(|pair| pair[0] > pair[1]),
        "{scores:?}"
    );
    assert_eq!(rank(&order[0], &["vpn", "missing"]), None);
    assert_eq!(rank(&order[0], &[] as &[&str]), None);
}

#[test]
fn forgives_one_typo() {
    for (word, candidate, near) in [
        ("printer", "printer", true),
        ("prnter", "printer", true),
        ("printter", "printer", true),
        ("pronter", "printer", true),
        ("pritner", "printer", true),
        ("rinter", "printer", true),
        ("printe", "printer", true),
        ("pirtner", "printer", false),
        ("printer", "printerss", false),
        ("pnt", "pint", false),
        ("1234", "1235", false),
        ("aaaa", "aaaaa", true),
        ("aaaa", "aaaaaa", false),
        ("abab", "baba", false),
    ] {
        assert_eq!(one_typo(word, candidate), near, "{word} {candidate}");
    }
}

#[test]
fn slugs() {
    for (title, slug) in [
        ("How to set up a VPN?", "how-to-set-up-a-vpn"),
        ("Crème brûlée & Straße", "creme-brulee-strasse"),
        ("  --a__b--  ", "a-b"),
        ("日本 guide", "guide"),
        ("Привет", FALLBACK_SLUG),
        ("", FALLBACK_SLUG),
    ] {
        assert_eq!(slugify(title), slug, "{title}");
    }
    assert_eq!(slugify(&"word ".repeat(50)).len(), 99);
    assert_eq!(slugify(&"w".repeat(500)).len(), MAX_SLUG_CHARS);
    for bad in ["", "-a", "a-", "a--b", "A", "a_b", "é", &"a".repeat(101)] {
        assert!(!is_slug(bad), "{bad}");
    }
}

#[test]
fn forbidden_characters() {
    assert!(has_nul("a\0"));
    assert_eq!(forbidden_character("a\n\r\tä 😀"), None);
    assert_eq!(forbidden_character("a\u{1b}[0m"), Some('\u{1b}'));
    assert_eq!(forbidden_character("\u{85}"), Some('\u{85}'));
    assert!(has_line_break("a\u{2028}b") && !has_line_break("a b"));
}

proptest! {
    #[test]
    fn folding_is_stable(text in "\\PC{0,60}") {
        let folded = fold(&text);
        prop_assert_eq!(&fold(&folded), &folded);
        prop_assert!(!folded.contains("  ") && folded.trim() == folded);
    }

    #[test]
    fn segments_joined_are_the_text(text in any::<String>(), query in any::<String>()) {
        prop_assert_eq!(joined(&segments(&text, &terms(&query))), text);
    }

    #[test]
    fn a_text_matches_its_own_words(text in "\\PC{0,60}") {
        let folded = Folded::new(&text, "", "");
        let terms = terms(&text);
        prop_assert!(matches_all(&folded.title, &terms));
        prop_assert_eq!(rank(&folded, &terms).is_some(), !terms.is_empty());
    }

    #[test]
    fn snippets_keep_their_bound(text in "[a-cé\u{301} \\n]{0,200}", query in "[a-cé ]{0,9}", max in 0_usize..80) {
        let line = joined(&snippet(&text, &terms(&query), max));
        prop_assert!(line.chars().count() <= max, "{} > {}", line, max);
    }

    #[test]
    fn slugs_are_slugs(title in any::<String>()) {
        prop_assert!(is_slug(&slugify(&title)));
    }

    #[test]
    fn one_slip_is_forgiven(word in "[a-z]{4,12}", at in 0_usize..12, letter in "[a-z]") {
        let at = at % word.len();
        let mut added = word.clone();
        added.insert_str(at, &letter);
        let mut removed = word.clone();
        removed.remove(at);
        prop_assert!(one_typo(&word, &added) && one_typo(&word, &removed));
    }

    #[test]
    fn never_panics(a in any::<String>(), b in any::<String>(), n in any::<usize>()) {
        let _ = (snippet(&a, &[b.as_str()], n), one_typo(&a, &b), document(&[&a, &b], n % 10));
    }
}
