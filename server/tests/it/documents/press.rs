//! The same paper gives the same file, also when many are made at once and after one that could not be made.

use app::domain::document::paper::Paper;
use server::documents::{DocumentError, Press, render};

use super::samples;

#[test]
fn the_same_paper_is_the_same_file_and_another_is_not() {
    let paper = samples::register(3, "Ada D'Agostìn");
    let first = render(&paper, &[]).unwrap();
    assert_eq!(render(&Paper { title: String::new(), ..paper.clone() }, &[]), Err(DocumentError::Untitled));
    assert!(render(&paper, &[]).unwrap() == first);
    assert!(render(&samples::register(3, "Ada D'Agostin"), &[]).unwrap() != first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_made_at_once_do_not_mix() {
    let press = Press::default();
    let papers: Vec<Paper> = ["Ada", "Bruno", "Carla", "Dario"].map(|name| samples::register(2, name)).to_vec();
    let at_once = papers.iter().map(|paper| {
        tokio::spawn({
            let (press, paper) = (press.clone(), paper.clone());
            async move { press.render(paper, Vec::new()).await }
        })
    });
    let at_once: Vec<_> = at_once.collect();
    for (made, paper) in at_once.into_iter().zip(&papers) {
        assert!(made.await.unwrap().unwrap() == render(paper, &[]).unwrap());
    }
    let untitled = Paper { title: String::new(), ..papers[0].clone() };
    assert_eq!(press.render(untitled, Vec::new()).await, Err(DocumentError::Untitled));
}
