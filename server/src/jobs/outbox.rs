//! Sends what waits in the outbox: claimed by the services, carried by the mailer, and the outcome given back.

use app::ports::PortResult;

use crate::{
    mail::{Mailer, SendError},
    services::{
        Services,
        outbox::{Letter, Posted},
    },
};

/// What carries messages, and what they link to.
#[derive(Clone)]
pub struct Post {
    /// The way out.
    pub mailer: Mailer,
    /// The address of the installation.
    pub link: Option<String>,
}

/// Sends every letter whose time has come, one after the other.
///
/// # Errors
/// The store does not answer; a letter under way is then given up and never sent again.
pub async fn run_once(services: &Services, post: &Post) -> PortResult<()> {
    for id in services.give_up_lost_letters().await? {
        tracing::error!(%id, "a message may have been sent or not: it is not sent again");
    }
    if !services.a_letter_waits().await? {
        return Ok(());
    }
    if let Err(error) = post.mailer.knock().await {
        tracing::warn!(%error, "messages wait for the mail server");
        return Ok(());
    }
    while let Some(letter) = services.next_letter().await? {
        let posted = carry(post, &letter).await;
        let error = match &posted {
            Posted::Sent => None,
            Posted::NotYet(error) | Posted::GivenUp(error) => Some(error.clone()),
        };
        let given_up = services.end_letter(&letter, posted).await?;
        match error {
            Some(error) if given_up => tracing::error!(id = %letter.id, %error, "a message was given up"),
            Some(error) => tracing::warn!(id = %letter.id, %error, attempt = letter.attempt, "a message will be tried again"),
            None => tracing::info!(id = %letter.id, "a message was sent"),
        }
    }
    Ok(())
}

async fn carry(post: &Post, letter: &Letter) -> Posted {
    let text = letter.digest.text(post.link.as_deref());
    match post.mailer.send(letter.id, &letter.to, &letter.digest.subject(), text).await {
        Ok(()) => Posted::Sent,
        Err(SendError::NotYet(error)) => Posted::NotYet(error),
        Err(SendError::Never(error) | SendError::Unknown(error)) => Posted::GivenUp(error),
    }
}
