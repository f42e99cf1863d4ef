//! On a host without headers, in a browser that takes no service worker, nothing is isolated: strategies that need
//! threads say why they cannot run, everything else runs.

use browsers::{Browser, Page, Server, Site, in_every_engine};

use crate::experiments::{
    STRATEGIES, WITH_ISOLATION, WITHOUT_ISOLATION, answers_are_known, isolation_is_missing, known, known_answer, run_of,
};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::plain());
    let page = Page::open(browser, &server.address()).await;
    isolation_is_missing(&page.capabilities().await.expect("the page is ready"));
    the_others_run(&page).await;
    all_are_part_of_the_report(&page).await;
    let documents = server.asked().iter().filter(|path| *path == "/").count();
    assert_eq!(documents, 1, "nothing to gain, so no reload");
    assert_eq!(page.errors().await, [""; 0]);
}

async fn the_others_run(page: &Page<'_>) {
    for workload in workloads::ALL {
        answers_are_known(&page.run(known(*workload, &WITHOUT_ISOLATION)).await, *workload, &WITHOUT_ISOLATION);
    }
}

async fn all_are_part_of_the_report(page: &Page<'_>) {
    let workload = workloads::ALL[0];
    let report = page.run(known(workload, &STRATEGIES)).await.expect("the others run");
    for strategy in &*WITH_ISOLATION {
        let run = run_of(&report, strategy);
        assert!(run.unavailable.as_ref().is_some_and(|reason| reason.contains("isolated")), "{run:?}");
        assert_eq!((run.samples_ms.len(), run.lanes.len(), &run.answer), (0, 0, &None), "{strategy}");
    }
    for strategy in &*WITHOUT_ISOLATION {
        assert_eq!(run_of(&report, strategy).answer, Some(known_answer(workload)), "{strategy}");
    }
}
