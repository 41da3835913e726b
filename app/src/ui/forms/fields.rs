//! Fields of a form: label, hint and error belong to the control (`aria-describedby`), whose id is its name.

use leptos::{html, prelude::*};

use crate::{
    domain::{
        document::upload::{FileKind, KINDS, MAX_UPLOAD_BYTES},
        rulebook::FieldProblem,
    },
    ui::{browser, components::Icon},
};

/// What is wrong with a field.
pub fn problem_of(problems: &[FieldProblem], name: &str) -> Option<String> {
    problems.iter().find(|problem| problem.field == name).map(|problem| problem.sentence.clone())
}

/// The parts of a field that its control refers to.
#[derive(Clone, Copy)]
struct About {
    name: &'static str,
    problem: Memo<Option<String>>,
    has_hint: bool,
}

impl About {
    fn new(name: &'static str, hint: Option<&String>, problems: Signal<Vec<FieldProblem>>) -> Self {
        Self { name, problem: Memo::new(move |_| problems.with(|problems| problem_of(problems, name))), has_hint: hint.is_some() }
    }

    fn invalid(self) -> Option<&'static str> {
        self.problem.with(Option::is_some).then_some("true")
    }

    fn described_by(self) -> Option<String> {
        let error = self.problem.with(Option::is_some).then(|| format!("{}-err", self.name));
        let hint = self.has_hint.then(|| format!("{}-hint", self.name));
        match (error, hint) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (error, hint) => error.or(hint),
        }
    }
}

/// Label, control, hint and error, in this order.
#[component]
pub fn FieldFrame(
    /// The name and id of the control.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// A help below it.
    hint: Option<String>,
    /// What is wrong with it.
    problem: Memo<Option<String>>,
    /// Whether it must be filled in.
    required: bool,
    /// `field--wide`, `field--third`.
    class: &'static str,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=["field", class].join(" ").trim_end().to_owned()>
            <label for=name>{label}{required.then(|| view! { " "<span class="field__required" aria-hidden="true">"*"</span> })}</label>
            {children()}
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
            {move || problem.get().map(|sentence| view! {
                <p class="field-error" id=format!("{name}-err")><Icon name="it-error" size="icon--sm"/>{sentence}</p>
            })}
        </div>
    }
}

/// One line of text, a date or a time.
#[component]
pub fn TextField(
    /// The name and id of the control.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with the form.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
    /// `text`, `date`, `time`, `number`.
    #[prop(default = "text")]
    kind: &'static str,
    /// A help below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// `field--wide`, `field--third`.
    #[prop(optional)]
    class: &'static str,
    /// What the browser may fill in by itself.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The step of a time, in seconds, or of a number.
    #[prop(optional)]
    step: Option<u32>,
    /// The longest text, in characters.
    #[prop(optional)]
    longest: Option<usize>,
    /// Told when the person leaves the field, but not for a button.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let about = About::new(name, hint.as_ref(), problems);
    let control = NodeRef::<html::Input>::new();
    browser::bind_value(control, value, value.get_untracked());
    view! {
        <FieldFrame name label hint problem=about.problem required class>
            <input class="form-control" id=name name=name type=kind value=value.get_untracked() autocomplete=autocomplete required=required
                step=step maxlength=longest aria-invalid=move || about.invalid() aria-describedby=move || about.described_by() node_ref=control
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |event| if let Some(leave) = on_leave.filter(|_| !browser::goes_to_button(&event)) { leave.run(()) }/>
        </FieldFrame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The name and id of the control.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with the form.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
    /// A help below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// `field--wide`, `field--third`.
    #[prop(default = "field--wide")]
    class: &'static str,
    /// How many lines are shown.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let about = About::new(name, hint.as_ref(), problems);
    let control = NodeRef::<html::Textarea>::new();
    // As markup, since an empty text would be rendered as a space. What is there can be read before the program runs, and is not taken for new.
    let rendered = value.get_untracked();
    let text = rendered.replace('&', "&amp;").replace('<', "&lt;");
    browser::bind_value(control, value, rendered);
    view! {
        <FieldFrame name label hint problem=about.problem required class>
            <textarea class="form-control" id=name name=name rows=rows required=required aria-invalid=move || about.invalid()
                aria-describedby=move || about.described_by() node_ref=control on:input=move |event| value.set(event_target_value(&event)) inner_html=text></textarea>
        </FieldFrame>
    }
}

/// A file.
#[component]
pub fn FileField(
    /// The name and id of the control.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The control, by which the file is found.
    control: NodeRef<html::Input>,
    /// What is wrong with the form.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
) -> impl IntoView {
    let hint = format!("{KINDS}, al massimo {} MB.", MAX_UPLOAD_BYTES / (1024 * 1024));
    // For the browser's own dialog.
    let accept = FileKind::ALL.map(|kind| format!(".{}", kind.extension())).join(",") + ",.jpeg";
    let about = About::new(name, Some(&hint), problems);
    view! {
        <FieldFrame name label hint=Some(hint) problem=about.problem required=true class="field--wide">
            <input class="form-control" type="file" id=name name=name accept=accept required=true aria-invalid=move || about.invalid()
                aria-describedby=move || about.described_by() node_ref=control/>
        </FieldFrame>
    }
}

/// One of a list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word that is sent.
    pub value: String,
    /// The words shown.
    pub label: String,
}

impl Choice {
    /// One choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of several choices. A value that is not among them yet is kept, for choices that arrive later.
#[component]
pub fn SelectField(
    /// The name and id of the control.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What is chosen.
    value: RwSignal<String>,
    /// The choices after the empty one.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The words of the empty choice.
    #[prop(default = "Scegli…")]
    none: &'static str,
    /// What is wrong with the form.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
    /// A help below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether one must be chosen.
    #[prop(optional)]
    required: bool,
    /// `field--wide`, `field--third`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let about = About::new(name, hint.as_ref(), problems);
    let control = NodeRef::<html::Select>::new();
    browser::bind_value(control, value, value.get_untracked());
    let options = move || {
        let chosen = value.get_untracked();
        let mut choices = choices.get();
        if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
            choices.push(Choice::new(chosen.clone(), chosen.clone()));
        }
        choices
            .into_iter()
            .map(|choice| view! { <option selected=choice.value == chosen value=choice.value>{choice.label}</option> })
            .collect_view()
    };
    view! {
        <FieldFrame name label hint problem=about.problem required class>
            <select class="form-select" id=name name=name required=required aria-invalid=move || about.invalid()
                aria-describedby=move || about.described_by() node_ref=control on:change=move |event| value.set(event_target_value(&event))>
                <option value="">{none}</option>
                {options}
            </select>
        </FieldFrame>
    }
}

/// What is wrong with a form, on top of it, with links to the fields; it takes the focus when it appears.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
    /// The element id; another one for each form of a page.
    #[prop(default = "riepilogo".to_owned(), into)]
    id: String,
) -> impl IntoView {
    Effect::new({
        let id = id.clone();
        move |_| {
            if problems.with(|problems| !problems.is_empty()) {
                browser::focus_by_id(&id);
            }
        }
    });
    move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            let title = if problems.len() == 1 { "Controlla un campo".to_owned() } else { format!("Controlla {} campi", problems.len()) };
            let links = problems.into_iter().map(|problem| {
                let field = problem.field.clone();
                let press = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    browser::focus_by_id(&field);
                };
                view! { <li><a href=format!("#{}", problem.field) on:click=press>{problem.sentence}</a></li> }
            });
            view! {
                <div class="summary" role="alert" tabindex="-1" id=id.clone()>
                    <h2 class="summary__title">{title}</h2>
                    <ul>{links.collect_view()}</ul>
                </div>
            }
        })
    }
}
