//! Ideal points from a plain file, compared with published ones.
//!
//! `cargo run --release -p chancery-measure --example ideal -- BALLOTS.csv PUBLISHED.csv SAMPLER BURN SWEEPS THIN CHAINS START`
//!
//! BALLOTS.csv has the prepared input, without header: item,level,session,state. PUBLISHED.csv, too: state,session,mean,
//! 5 % quantile, 95 % quantile; `-` for none. SAMPLER is `published` or `exact`, START `anchors` or `variational`. The
//! anchors are the states 2 (high) and 365 (low) of the published scale (Correlates of War numbers).
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // an example may read files, tell time and print

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use chancery_measure::ideal::{
    Anchors, Estimate, Panel, Prior, PublishedPrior, Row, Schedule, Start, exact, published, summarise, variational,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ballots, against, sampler, burn, sweeps, thin, chains, start] = &arguments[..] else {
        return Err("BALLOTS.csv PUBLISHED.csv SAMPLER BURN SWEEPS THIN CHAINS START".into());
    };
    let panel = read(&std::fs::read_to_string(ballots)?)?;
    println!("{} ballots, {} items, {} points", panel.ballots(), panel.items().len(), panel.points().len());
    let anchors = Anchors { high: "2".into(), low: "365".into() };
    let schedule = Schedule {
        burn: burn.parse()?,
        sweeps: sweeps.parse()?,
        thin: thin.parse()?,
        chains: chains.parse()?,
        seed: 2017,
    };
    let clock = Instant::now();
    let start = match start.as_str() {
        "anchors" => Start::from_anchors(&panel, &anchors)?,
        "variational" => variational(&panel, &Prior::default(), &anchors, 30)?,
        _ => return Err("START is anchors or variational".into()),
    };
    println!("start: {:.2} s", clock.elapsed().as_secs_f64());
    let clock = Instant::now();
    let draws = match sampler.as_str() {
        "published" => published(&panel, &PublishedPrior::default(), &start, &anchors, &schedule)?,
        "exact" => exact(&panel, &Prior::default(), &start, &anchors, &schedule)?,
        _ => return Err("SAMPLER is published or exact".into()),
    };
    let total = ((schedule.burn + schedule.sweeps) * schedule.chains) as f64;
    let seconds = clock.elapsed().as_secs_f64();
    println!(
        "{sampler}: {seconds:.1} s, {:.1} sweeps a second, cut-points accepted {:.3}",
        total / seconds,
        draws.acceptance()
    );
    let estimates = summarise(&panel, &draws);
    convergence(&estimates);
    if against != "-" {
        compare(&panel, &estimates, &std::fs::read_to_string(against)?)?;
    }
    Ok(())
}

fn read(text: &str) -> Result<Panel, Box<dyn Error>> {
    let rows: Vec<Vec<u32>> =
        text.lines().map(|line| line.split(',').map(str::parse).collect::<Result<_, _>>()).collect::<Result<_, _>>()?;
    let mut names: Vec<u32> = rows.iter().map(|r| r[3]).collect();
    names.sort_unstable();
    names.dedup();
    let row = |r: &Vec<u32>| {
        let state = names.partition_point(|&n| n < r[3]) as u32;
        Row { item: r[0], level: r[1] as u8, session: r[2] as u16, state }
    };
    let rows = rows.iter().map(row).collect();
    Ok(Panel::new(names.iter().map(u32::to_string).collect(), rows)?)
}

fn convergence(estimates: &[Estimate]) {
    let mut hats: Vec<f64> = estimates.iter().filter_map(|e| e.r_hat).collect();
    let mut sizes: Vec<f64> = estimates.iter().filter_map(|e| e.effective).collect();
    hats.sort_unstable_by(f64::total_cmp);
    sizes.sort_unstable_by(f64::total_cmp);
    if let (Some(worst), Some(least)) = (hats.last(), sizes.first()) {
        let (hat, size) = (hats[hats.len() * 99 / 100], sizes[sizes.len() / 2]);
        println!("R-hat: 99 % below {hat:.4}, worst {worst:.4}; effective size: median {size:.0}, least {least:.0}");
    }
}

fn compare(panel: &Panel, estimates: &[Estimate], text: &str) -> Result<(), Box<dyn Error>> {
    let mut published = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<f64> = line.split(',').map(str::parse).collect::<Result<_, _>>()?;
        published.insert((cells[0] as u32, cells[1] as u16), (cells[2], cells[3], cells[4]));
    }
    let mut pairs = Vec::new();
    let mut inside = 0;
    for e in estimates {
        let state: u32 = panel.states()[e.state as usize].parse()?;
        if let Some(&(mean, low, high)) = published.get(&(state, e.session)) {
            pairs.push((e.mean, mean));
            inside += usize::from((low..=high).contains(&e.mean));
        }
    }
    let n = pairs.len() as f64;
    let mean = |f: fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
    let (a, b) = (mean(|p| p.0), mean(|p| p.1));
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    let r =
        sum(&|p| (p.0 - a) * (p.1 - b)) / (sum(&|p| (p.0 - a) * (p.0 - a)) * sum(&|p| (p.1 - b) * (p.1 - b))).sqrt();
    let rmse = (sum(&|p| (p.0 - p.1) * (p.0 - p.1)) / n).sqrt();
    let largest = pairs.iter().map(|p| (p.0 - p.1).abs()).fold(0.0, f64::max);
    println!(
        "{} points: r {r:.5}, RMSE {rmse:.4}, largest difference {largest:.3}, inside the published 90 % interval {:.2} %",
        pairs.len(),
        100.0 * inside as f64 / n
    );
    Ok(())
}
