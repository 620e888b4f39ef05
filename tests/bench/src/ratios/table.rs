//! The ratios as a table and as JSON.

use serde_json::{Value, json};

use super::operations::MANY;
use super::{Cell, Done, Ratios};
use crate::sql::Engine;

/// The middle of several measurements, and their least and greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Half of them are at most this.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The greatest.
    pub greatest: f64,
}

impl Spread {
    /// Of one measurement or more.
    ///
    /// # Panics
    /// Where there is none.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        Self {
            median: values[values.len() / 2],
            least: values[0],
            greatest: values[values.len() - 1],
        }
    }

    /// As in a cell of a table.
    pub fn shown(self) -> String {
        format!(
            "{:.2} ({:.2}..{:.2})",
            self.median, self.least, self.greatest
        )
    }
}

/// A least ratio that the product shall have.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    Handler(f64),
    Engine(f64),
}

/// The targets of the project, where an operation has one.
fn target(engine: Engine, cell: &Cell) -> Option<Target> {
    match (cell.operation.name, cell.clients, engine) {
        ("read" | "own" | "desk", MANY, _) => Some(Target::Handler(0.8)),
        ("create", MANY, Engine::Postgres) => Some(Target::Engine(0.6)),
        ("create", MANY, Engine::Sqlite) => Some(Target::Engine(5.0)),
        ("create", 1, Engine::Sqlite) => Some(Target::Engine(1.0)),
        _ => None,
    }
}

impl Cell {
    fn to_handler(&self) -> Spread {
        let pairs = self.api.iter().zip(&self.handler);
        Spread::of(pairs.map(|(a, h)| a.rate / h.rate))
    }

    fn to_engine(&self) -> Spread {
        let pairs = self.api.iter().zip(&self.engine);
        Spread::of(pairs.map(|(a, e)| a.rate / e))
    }

    fn verdict(&self, engine: Engine) -> String {
        let refused: usize = self.api.iter().map(|d| d.refused).sum();
        let busy = match refused {
            0 => String::new(),
            n => format!("{n} refused as busy"),
        };
        let (least, ratio, of) = match target(engine, self) {
            None => return busy,
            Some(Target::Handler(least)) => (least, self.to_handler().median, "handler"),
            Some(Target::Engine(least)) => (least, self.to_engine().median, "engine"),
        };
        let met = if ratio >= least { "met" } else { "missed" };
        format!("{met}: {least} of the {of} {busy}")
    }
}

/// Prints the table of an engine.
pub fn show(ratios: &Ratios) {
    let engine = ratios.engine;
    println!("\n{}: operations a second, medians", engine.name());
    println!(
        "| what | clients | API | handler | engine | API / handler | API / engine | CPU API | \
         CPU handler | target |"
    );
    println!("|{}", " --- |".repeat(10));
    for cell in &ratios.cells {
        println!(
            "| {} | {} | {:.0} | {:.0} | {:.0} | {} | {} | {:.0} us | {:.0} us | {} |",
            cell.operation.what,
            cell.clients,
            rate(&cell.api),
            rate(&cell.handler),
            Spread::of(cell.engine.iter().copied()).median,
            cell.to_handler().shown(),
            cell.to_engine().shown(),
            cpu(&cell.api),
            cpu(&cell.handler),
            cell.verdict(engine)
        );
    }
    let Done { rate, cpu, .. } = ratios.nothing;
    println!(
        "| the clients alone, against a handler that does nothing: {rate:.0}, {} us of its CPU each |",
        cpu.as_micros()
    );
}

/// The same for programs: a value a round.
pub fn as_json(ratios: &Ratios) -> Value {
    let rates = |side: &[Done]| side.iter().map(|d| d.rate).collect::<Vec<_>>();
    let cells = ratios.cells.iter().map(|cell| {
        json!({
            "operation": cell.operation.name, "clients": cell.clients, "api": rates(&cell.api),
            "handler": rates(&cell.handler), "engine": cell.engine,
            "api_to_handler": cell.to_handler().median, "api_to_engine": cell.to_engine().median,
            "api_cpu_us": cpu(&cell.api), "handler_cpu_us": cpu(&cell.handler),
            "target": cell.verdict(ratios.engine),
        })
    });
    json!({
        "engine": ratios.engine.name(), "clients_alone": ratios.nothing.rate,
        "cells": cells.collect::<Vec<_>>(),
    })
}

fn rate(side: &[Done]) -> f64 {
    Spread::of(side.iter().map(|d| d.rate)).median
}

fn cpu(side: &[Done]) -> f64 {
    Spread::of(side.iter().map(|d| d.cpu.as_secs_f64() * 1e6)).median
}
