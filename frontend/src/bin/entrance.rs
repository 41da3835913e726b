//! The program of `Area::Entrance`. It runs as soon as the page's script has loaded it.

fn main() {
    frontend::take_over(app::ui::Entrance);
}
