//! Drafts of messages, one a person and ticket.

use bsm_domain::actor::Role;
use bsm_domain::ids::{TicketId, UserId};
use bsm_domain::ticket::MessageVisibility;
use bsm_persistence::reply_drafts::ReplyDraftRow;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at, ticket};

fn draft(user_id: UserId, ticket_id: TicketId, reply: &str, version: i64) -> ReplyDraftRow {
    ReplyDraftRow {
        user_id,
        ticket_id,
        visibility: MessageVisibility::Public,
        reply: reply.into(),
        note: "For us: Grüße 👋".into(),
        version,
        updated_at: at(version),
    }
}

/// Each person has their own; it gives way only to whom it is expected by.
async fn drafts(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let admin = seed::staff(db, "admin@demo.example", Role::Admin).await;
    let (one, two) = (TicketId::generate(), TicketId::generate());
    db.write(async |tx| {
        tx.insert_ticket(&ticket(one, 1, ana, at(1))).await?;
        tx.insert_ticket(&ticket(two, 2, ana, at(2))).await?;
        assert_eq!(tx.reply_draft(agent, one).await?, None);
        let first = draft(agent, one, "Dear Ana", 10);
        assert!(tx.put_reply_draft(&first, Some(0)).await?);
        assert_eq!(tx.reply_draft(agent, one).await?, Some(first.clone()));
        assert_eq!(tx.reply_draft(admin, one).await?, None);
        assert_eq!(tx.reply_draft(agent, two).await?, None);

        let second = draft(agent, one, "Dear Ana, we", 11);
        assert!(!tx.put_reply_draft(&second, Some(9)).await?);
        assert_eq!(tx.reply_draft(agent, one).await?, Some(first));
        assert!(tx.put_reply_draft(&second, Some(10)).await?);
        let insists = draft(agent, one, "Hello", 12);
        assert!(tx.put_reply_draft(&insists, None).await?);
        assert_eq!(tx.reply_draft(agent, one).await?, Some(insists));

        assert!(!tx.delete_reply_draft(agent, one, 11).await?);
        assert!(!tx.delete_reply_draft(admin, one, 12).await?);
        assert!(tx.delete_reply_draft(agent, one, 12).await?);
        assert_eq!(tx.reply_draft(agent, one).await?, None);

        for (user, id) in [(agent, one), (agent, two), (admin, one)] {
            assert!(tx.put_reply_draft(&draft(user, id, "x", 20), None).await?);
        }
        assert_eq!(tx.delete_reply_drafts_of(agent).await?, 2);
        assert_eq!(tx.reply_draft(agent, two).await?, None);
        assert!(tx.reply_draft(admin, one).await?.is_some());
        Ok::<_, DbError>(())
    })
    .await
    .expect("drafts");
}

bsm_tests::on_both_engines! {
    drafts,
}
