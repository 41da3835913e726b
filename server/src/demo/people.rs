//! Who works in the demonstration: invented coaches for every site, and the accounts that people try it with.

use app::domain::provider::Role;

/// The password of every demo account.
pub const PASSWORD: &str = "affianco";

/// An account of the demonstration.
pub struct DemoAccount {
    /// What is typed to sign in.
    pub login: &'static str,
    /// The name shown; that of a coach is also the coach's.
    pub name: &'static str,
    /// What it is.
    pub role: Role,
    /// The code of its site; of any site of the provider for its administrator.
    pub site: Option<&'static str>,
}

/// The operator, who decides and plans.
pub const OPERATOR: DemoAccount = DemoAccount { login: "operatore", name: "Giulia Rossi", role: Role::Operator, site: Some("E001-PD") };
/// The provider's administrator.
pub const ADMINISTRATOR: DemoAccount =
    DemoAccount { login: "responsabile", name: "Stefano Zanella", role: Role::ProviderAdministrator, site: Some("E001-PD") };
/// The coach: the first of its site in [`COACHES`].
pub const COACH: DemoAccount = DemoAccount { login: "coach", name: "Marco Furlan", role: Role::Coach, site: Some("E001-PD") };
/// The system's administrator.
pub const SYSTEM: DemoAccount = DemoAccount { login: "sistema", name: "Elena Pavan", role: Role::SystemAdministrator, site: None };

/// All of them, in the order in which they are shown.
pub const ACCOUNTS: [&DemoAccount; 4] = [&OPERATOR, &ADMINISTRATOR, &COACH, &SYSTEM];

/// The coaches of each site.
pub const COACHES: [(&str, &[&str]); 7] = [
    ("E001-PD", &[COACH.name, "Chiara Bortolin", "Davide Schiavon", "Francesca Marchetto"]),
    ("E001-VE", &["Lorenzo Vianello", "Martina Scarpa", "Andrea Busetto"]),
    ("E002-TV", &["Silvia Dal Bo", "Matteo Pozzobon", "Valentina Zago"]),
    ("E002-BL", &["Nicola De Bona", "Elisa Dal Farra", "Riccardo Fontana"]),
    ("E003-VR", &["Alessandra Perini", "Federico Tommasi", "Beatrice Zanini"]),
    ("E003-VI", &["Giacomo Dalla Costa", "Sara Peruzzo", "Tommaso Cogo"]),
    ("E003-RO", &["Irene Bellini", "Filippo Crepaldi", "Camilla Ferrari"]),
];
