//! dummy
use browsers::*;
use serde_json::json;

async fn story(browser: &Browser) {
    println!("{}", browser.version());
    for (name, site) in [("shipped", Site::shipped()), ("plain", Site::plain()), ("sw", Site::by_service_worker())] {
        let server = Server::start(site);
        let page = Page::open(browser, &server.address()).await;
        println!("{name}: {:?} {:?}", page.capabilities().await, server.asked());
        println!("run {:?}", page.run(json!({"a":1})).await);
        for fault in [Fault::WORKER_MISSING, Fault::WORKER_GARBLED, Fault::PROCESS_TRAPS] {
            server.fail(fault);
            println!("{:?}", page.run(json!({"a":1})).await);
            server.heal();
        }
        println!("errors {:?} {:?}", page.errors().await, browser.complaints().await);
        println!("progress {:?}", page.progress(1).await);
    }
    for (name, site) in [("shipped", Site::shipped()), ("sw", Site::by_service_worker())] {
        let parents: &[bool] = if name == "sw" { &[false] } else { &[false, true] };
        for &isolated_parent in parents {
            for allow in [false, true] {
                let server = Server::start(site.clone());
                let deck = Server::start(Site::parent(Frame { source: &server.other_address(), isolated_parent, allow }));
                let page = Page::open(browser, &deck.address()).await;
                println!("framed {name} isolated {isolated_parent} allow {allow}: {:?}", page.capabilities().await.unwrap().shared_memory);
                println!("run {:?}", page.run(json!({"a":1})).await.is_ok());
            }
        }
    }
}

browsers::in_every_engine!(story);
