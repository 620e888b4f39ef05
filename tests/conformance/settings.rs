//! The settings of the desk, and its logo.

use bsm_domain::image::{Image, ImageKind};
use bsm_persistence::settings::LogoRow;
use bsm_persistence::{Db, DbError};

async fn settings_are_kept(db: &Db) {
    let first = db.read(async |tx| tx.settings().await).await.unwrap();
    assert!(first.registration_open);
    assert_eq!(
        (first.auto_close_after(), first.rating_window_days),
        (Some(4), 28)
    );
    assert_eq!(
        (&first.brand_name, &first.accent_colour, &first.logo),
        (&None, &None, &None)
    );
    let mut wanted = first.clone();
    wanted.registration_open = false;
    wanted.auto_close_days = 0;
    wanted.rating_window_days = 7;
    wanted.brand_name = Some("Nørd & Søn \u{1f44b}".into());
    wanted.accent_colour = Some("#1a7f5a".into());
    wanted.set_logo(Some((
        "a hash".into(),
        Image {
            kind: ImageKind::Png,
            width: 300,
            height: 80,
        },
    )));
    wanted.version = 2;
    let found = db
        .write(async |tx| {
            assert_eq!(tx.lock_settings().await?, first);
            tx.update_settings(&wanted).await?;
            tx.settings().await
        })
        .await
        .unwrap();
    assert_eq!(found, wanted);
    assert_eq!(found.auto_close_after(), None);
    assert_eq!((found.logo_width, found.logo_height), (Some(300), Some(80)));
}

/// Bytes come back as they were, whatever they are.
async fn the_logo_is_kept_byte_for_byte(db: &Db) {
    let logo = LogoRow {
        hash: "a hash".into(),
        kind: ImageKind::Webp,
        content: (0..=255).cycle().take(100_000).collect(),
    };
    let (found, other, gone) = db
        .write(async |tx| {
            tx.insert_logo(&logo).await?;
            let found = tx.logo("a hash").await?;
            let other = tx.logo("another").await?;
            tx.delete_logo().await?;
            Ok::<_, DbError>((found, other, tx.logo("a hash").await?))
        })
        .await
        .unwrap();
    assert_eq!((found, other, gone), (Some(logo), None, None));
}

bsm_tests::on_both_engines! {
    settings_are_kept,
    the_logo_is_kept_byte_for_byte,
}
