//! On a host without headers, in a browser that takes no service worker, nothing is isolated: threads say why they
//! cannot run, everything else runs.

use browsers::{Browser, Page, Server, Site, in_every_engine};

use crate::experiments::{STRATEGIES, WITHOUT_ISOLATION, answers_are_known, known, run_of};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::plain());
    let page = Page::open(browser, &server.address()).await;
    threads_are_offered_with_a_reason(&page).await;
    the_others_run(&page).await;
    threads_are_part_of_the_report(&page).await;
    let documents = server.asked().iter().filter(|path| *path == "/").count();
    assert_eq!(documents, 1, "nothing to gain, so no reload");
    assert_eq!(page.errors().await, [""; 0]);
}

async fn threads_are_offered_with_a_reason(page: &Page<'_>) {
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(!offer.shared_memory);
    let [(strategy, reason)] = offer.unavailable()[..] else { panic!("{offer:?}") };
    assert_eq!(strategy, "threads");
    assert!(reason.contains("isolated"), "{reason}");
}

async fn the_others_run(page: &Page<'_>) {
    for workload in workloads::ALL {
        answers_are_known(&page.run(known(*workload, &WITHOUT_ISOLATION)).await, *workload, &WITHOUT_ISOLATION);
    }
}

async fn threads_are_part_of_the_report(page: &Page<'_>) {
    let workload = workloads::ALL[0];
    let report = page.run(known(workload, &STRATEGIES)).await.expect("the others run");
    let threads = run_of(&report, "threads");
    assert!(threads.unavailable.as_ref().is_some_and(|reason| reason.contains("isolated")), "{threads:?}");
    assert_eq!((threads.samples_ms.len(), threads.lanes.len(), &threads.answer), (0, 0, &None));
    for strategy in WITHOUT_ISOLATION {
        assert_eq!(run_of(&report, strategy).answer.as_deref(), Some(workload.known().answer), "{strategy}");
    }
}
