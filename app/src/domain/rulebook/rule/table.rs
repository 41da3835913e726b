//! The table of the rules: the analysis of the manual in one line each, from which docs/rules.md is generated.

use serde::{Deserialize, Serialize};

use super::Kind::{self, Auto, Doc, Hard, Soft};

/// Declares the rules. Each line reads: number, title on screen, kinds, source, the files that enforce it, and what is worth knowing beside that.
macro_rules! rules {
    ($($name:ident $title:literal [$($kind:ident)+] $source:literal in [$($place:literal)*] $(but $remark:literal)?;)*) => {
        /// A rule of the service; ordered by number, as findings are listed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $(#[doc = $title] $name,)*
        }

        // One function for each column: what the browser never asks for is not in what it downloads.
        impl Rule {
            /// All rules, in the order of their numbers.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            /// Its number as it is written, such as `R26`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What it is called on screen.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// What it does when it speaks.
            pub fn kinds(self) -> &'static [Kind] {
                match self { $(Self::$name => &[$($kind),+],)* }
            }

            /// The section of the manual, or the act, that it rests on.
            pub fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)* }
            }

            /// The files that enforce it, for docs/rules.md; none while it is no software.
            pub fn places(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($place),*],)* }
            }

            /// Why it is not all software, or how it is read; for docs/rules.md.
            pub fn remark(self) -> Option<&'static str> {
                match self { $(Self::$name => None$(.or(Some($remark)))?,)* }
            }
        }
    };
}

rules! {
    R1 "Cinque attività dello stesso ente" [Hard] "manuale 1"
        in ["app/src/domain/rulebook/catalogue.rs" "server/src/services/requests/decide.rs"];
    R2 "Solo le richieste rivolte alla propria sede" [Hard] "manuale 2"
        in ["app/src/domain/provider/actor.rs" "server/src/store/shared/scope.rs"];
    R3 "Elenco delle richieste per giorni rimasti" [Hard] "manuale 2"
        in ["app/src/domain/request/deadline.rs" "server/src/store/shared/requests.rs"];
    R4 "Ricerca senza dati personali negli indirizzi" [Hard] "manuale 2"
        in ["app/src/domain/request/search.rs" "app/src/ui/paths.rs"];
    R5 "Pagina della richiesta e sue azioni" [Hard] "manuale 2"
        in ["app/src/domain/request/state.rs" "app/src/ui/pages/request/page.rs"];
    R6 "Motivazione del rifiuto" [Hard] "manuale 2"
        in ["app/src/domain/request/refusal.rs"];
    R7 "Termine per decidere" [Hard Auto] "manuale 2"
        in ["app/src/domain/request/deadline.rs" "app/src/domain/request/state.rs" "server/src/services/lapse.rs"];
    R8 "Presa in carico di tutti gli utenti" [Soft] "manuale 2"
        in ["app/src/domain/request/refusal.rs" "app/src/domain/request/refusals.rs"]
        but "Whether an impediment is objective is for people to judge: the form states the duty and wants a category, the refusal stays in the log, and who looks over the provider sees the counts.";
    R9 "Ammissione al servizio" [Hard] "manuale 3"
        in ["server/src/services/requests/decide.rs"];
    R10 "Erogazioni solo dopo l'ammissione" [Hard] "manuale 3"
        in ["app/src/domain/session/check.rs" "server/src/services/dossiers/facts.rs"];
    R11 "Ore per tipo di voucher" [Hard] "manuale 3"
        in ["app/src/domain/rulebook/catalogue.rs"];
    R12 "Inserimento entro il giorno precedente" [Soft] "manuale 3.1"
        in ["app/src/domain/session/dates.rs"]
        but "The duty of section 3.1, enforced through R24: section 3.2 tolerates what comes later and says until when (R23).";
    R13 "Gestisce la sede che ha ammesso" [Hard] "manuale 3.1"
        in ["app/src/domain/provider/actor.rs" "app/src/domain/session/check.rs" "server/src/services/policy.rs"];
    R14 "Ore e valore dell'attività" [Hard] "manuale 3.1"
        in ["app/src/domain/activity/balance.rs" "app/src/domain/activity/state.rs"];
    R15 "Dati dell'erogazione" [Hard Soft] "manuale 3.1"
        in ["app/src/domain/session/check.rs" "app/src/domain/session/draft.rs"];
    R16 "Invia" [Hard] "manuale 3.1"
        in ["app/src/domain/session/check.rs" "server/src/services/sessions/enter.rs"];
    R17 "Modifica finché è inserita" [Hard] "manuale 3.1"
        in ["app/src/domain/session/state.rs"];
    R18 "Programmata, non più modificabile" [Hard] "manuale 3.1"
        in ["app/src/domain/session/state.rs"];
    R19 "Ore concordate" [Hard Soft] "manuale 3.1"
        in ["app/src/domain/session/check.rs" "app/src/domain/activity/balance.rs"];
    R20 "Avvia" [Hard] "manuale 3.2"
        in ["app/src/domain/session/state.rs" "app/src/domain/session/check.rs"];
    R21 "Concludi erogazione" [Hard Soft] "manuale 3.2"
        in ["app/src/domain/session/state.rs" "app/src/domain/session/check.rs"];
    R22 "Annulla, chiudi negativamente e ripianifica" [Hard] "manuale 3.2"
        in ["app/src/domain/session/state.rs" "app/src/domain/session/check.rs" "server/src/services/sessions/enter.rs"];
    R23 "Termine per regolarizzare" [Hard] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/session/dates.rs"];
    R24 "Inserimento tardivo" [Hard Soft] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/session/dates.rs"]
        but "A warning and a mark under the policy \"tollerante\", a block from the day itself under \"rigida\".";
    R25 "Durata in ore di 60 minuti" [Hard] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/time.rs"];
    R26 "Ore al giorno" [Hard Soft] "manuale 3.2"
        in ["app/src/domain/session/check.rs"]
        but "The person's day blocks; the coach's day over all persons warns, or what the rulebook sets.";
    R27 "Fascia oraria" [Hard] "manuale 3.2"
        in ["app/src/domain/session/check.rs"];
    R28 "Giorni festivi" [Hard Soft] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/rulebook/holiday.rs" "app/src/domain/rulebook/patron.rs"]
        but "Holidays by the law of their year block; the patron saint of the session's town warns, or what the rulebook sets.";
    R29 "Ore alla settimana" [Hard] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/time.rs"];
    R30 "Capacità di partecipazione della persona" [Soft] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/person/limits.rs" "app/src/domain/person/limits_form.rs"]
        but "Set by the operator or told by the employment centre; never wider than R25 to R29.";
    R31 "Registro attività" [Hard Doc] "manuale 3.2"
        in ["app/src/domain/session/check.rs" "app/src/domain/document/register.rs"]
        but "The description is required at conclusion and kept with times, coach and note.";
    R32 "Firme del registro" [Doc] "manuale 3.2"
        in ["app/src/domain/dossier/owed.rs" "app/src/domain/document/scan.rs"]
        but "Signed on paper, of which a scan is kept with the register that it signs.";
    R33 "Riferimenti sugli output" [Hard Doc] "manuale 3.2"
        in ["app/src/domain/document/written/mod.rs" "app/src/domain/document/output.rs" "app/src/domain/document/cover.rs"]
        but "The reference to the measure is that of the rules on the first day of the voucher.";
    R34 "Relazione sugli esiti" [Soft Doc] "manuale 3.2"
        in ["app/src/domain/dossier/owed.rs" "app/src/domain/document/written/mod.rs"]
        but "Delivered once the service has ended; locked from then on.";
    R35 "Analisi in caso di insuccesso" [Hard Doc] "manuale 3.2"
        in ["app/src/domain/dossier/owed.rs" "app/src/domain/document/written/mod.rs"]
        but "A part of the outcome report (R34); an interrupted service was no success.";
    R36 "Almeno un'erogazione per concludere l'attività" [Hard Soft] "manuale 3.3"
        in ["app/src/domain/activity/closing.rs"];
    R37 "Attività Terminata" [Hard] "manuale 3.3"
        in ["app/src/domain/activity/closing.rs" "app/src/domain/session/check.rs"];
    R38 "Scadenza del voucher" [Hard Auto] "avviso di Veneto Lavoro dell'8 agosto 2023"
        in ["app/src/domain/dossier/status.rs" "app/src/domain/session/check.rs" "app/src/domain/activity/closing.rs"];
    R39 "Motivo della richiesta" [Soft] "avviso Job Coaching"
        in ["app/src/domain/request/ground.rs"]
        but "Eligibility is the employment centre's to judge; the ground is sealed like health data.";
    R40 "Ente attivo nell'elenco degli erogatori" [Hard Soft] "avviso Job Coaching"
        in ["app/src/domain/provider/standing.rs" "app/src/domain/request/state.rs"]
        but "Blocks the admission; a later suspension is told and stops nothing that is under way.";
    R41 "Nessuna sovrapposizione" [Hard Soft] "regola del sistema"
        in ["app/src/domain/session/check.rs"]
        but "The person always blocks; the coach blocks, or what the rulebook sets.";
    R42 "Traccia di ogni operazione" [Hard] "regola del sistema"
        in ["server/src/services/audit/chain.rs" "server/src/store/shared/audit.rs"];
    R43 "Comandi ripetuti e pagine non aggiornate" [Hard] "regola del sistema"
        in ["server/src/services/command.rs" "server/src/services/transact.rs"];
}
