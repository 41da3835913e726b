//! The daily message about unread notices: counts and where to read them, never a name or a code.

use super::NoticeKind;

/// What the message counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Unread notices of each kind.
    pub unread: Vec<(NoticeKind, u64)>,
}

impl Digest {
    /// All unread notices.
    pub fn total(&self) -> u64 {
        self.unread.iter().map(|(_, count)| count).sum()
    }

    /// The subject line.
    pub fn subject(&self) -> String {
        match self.total() {
            1 => "Affianco: un avviso da leggere".to_owned(),
            total => format!("Affianco: {total} avvisi da leggere"),
        }
    }

    /// The message; `link` is the address of the installation.
    pub fn text(&self, link: Option<&str>) -> String {
        let counts = NoticeKind::ALL.into_iter().filter_map(|kind| {
            let count = self.unread.iter().filter(|(of, _)| *of == kind).map(|(_, count)| count).sum::<u64>();
            (count > 0).then(|| format!("- {}: {count}\n", plural(kind)))
        });
        let place = link.map_or_else(|| "Apri Affianco e scegli Avvisi.".to_owned(), |link| format!("Li trovi in Affianco: {link}"));
        format!(
            "Buongiorno,\n\nhai avvisi non letti.\n\n{}\n{place}\n\n\
             Per riservatezza questo messaggio non contiene nomi né codici. Arriva al massimo una volta al giorno; non rispondere a questo indirizzo.\n",
            counts.collect::<String>()
        )
    }
}

fn plural(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::RequestTerm => "Richieste da decidere",
        NoticeKind::OpenSession => "Erogazioni da regolarizzare",
        NoticeKind::VoucherEnd => "Voucher in scadenza",
        NoticeKind::Refusals => "Richieste rifiutate, per ente e giorno",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_counts_by_kind_and_says_where_to_read_on() {
        let digest = Digest { unread: vec![(NoticeKind::VoucherEnd, 1), (NoticeKind::RequestTerm, 2)] };
        assert_eq!(digest.subject(), "Affianco: 3 avvisi da leggere");
        let text = digest.text(Some("https://affianco.example.it"));
        assert!(text.contains("- Richieste da decidere: 2\n- Voucher in scadenza: 1\n"), "{text}");
        assert!(text.contains("https://affianco.example.it\n") && !text.contains("Erogazioni"));
        assert!(digest.text(None).contains("Apri Affianco"));
        assert_eq!(Digest { unread: vec![(NoticeKind::Refusals, 1)] }.subject(), "Affianco: un avviso da leggere");
    }
}
