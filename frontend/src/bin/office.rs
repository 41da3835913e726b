//! The program of `Area::Office`. It runs as soon as the page's script has loaded it.

fn main() {
    frontend::take_over(app::ui::Office);
}
