//! A command carries a key that is the same for every repeat of one intention; the answer is kept with the change, so a repeat gets it again (R43).

use app::{
    domain::{
        ids::{AccountId, CommandKey},
        provider::Actor,
        rulebook::{FieldProblem, Rule},
    },
    ports::{PortError, PortResult},
};
use async_trait::async_trait;
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::{
    Services,
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::store::records::IdempotencyRecord;

/// A use case that changes something on somebody's behalf. What it serialises is what was asked.
pub(super) trait Command: UseCase<Answer: Serialize + DeserializeOwned> + Serialize {
    /// Tells commands with the same content apart.
    const NAME: &'static str;
}

/// A command with its key: runs once, however often it arrives.
struct Once<C> {
    key: CommandKey,
    account: AccountId,
    command: C,
}

#[async_trait]
impl<C: Command> UseCase for Once<C> {
    type Answer = C::Answer;

    async fn run(&self, work: &mut Work) -> Attempt<C::Answer> {
        let fingerprint = fingerprint(work, &self.command)?;
        if let Some(known) = work.uow.answered(self.key, self.account).await? {
            return if known.fingerprint == fingerprint {
                serde_json::from_str(&known.reply).map_err(|_| Failure::defect("a kept answer cannot be read"))
            } else {
                Err(PortError::Invalid(vec![FieldProblem::new("key", Rule::R43, REUSED)]).into())
            };
        }
        let answer = self.command.run(work).await?;
        let reply = serde_json::to_string(&answer).map_err(|_| Failure::defect("an answer cannot be kept"))?;
        let kept = IdempotencyRecord { key: self.key, account: self.account, fingerprint, reply, at: work.at };
        work.uow.keep_answer(&kept).await?;
        Ok(answer)
    }
}

/// The sentence for a key that comes again with another content.
const REUSED: &str = "Questa operazione è già stata inviata con altri dati: aggiorna la pagina e riprova.";

/// Keyed hash of what was asked: a plain one of health data, of which only so many values are possible, could be undone by trying them.
fn fingerprint<C: Command>(work: &Work, command: &C) -> Attempt<Vec<u8>> {
    let asked = serde_json::to_string(&(C::NAME, command)).map(Zeroizing::new);
    let asked = asked.map_err(|_| Failure::defect("a command cannot be written down"))?;
    Ok(work.master().lookup_hash(&asked).to_vec())
}

impl Services {
    /// Runs a command of an actor once; a repeat gets the same answer.
    pub(super) async fn command<C: Command>(&self, actor: &Actor, key: CommandKey, command: C) -> PortResult<C::Answer> {
        self.write(Once { key, account: actor.account, command }).await
    }
}
