//! A model of many tables, in which most things that real models have come up now and then.

use std::fmt::Write;
use std::path::Path;

/// How many tables stand in one file.
const IN_FILE: usize = 20;

/// Writes the model into a folder, which it makes.
pub fn model(folder: &Path, tables: usize) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let mut text = String::new();
    for first in (1..=tables).step_by(IN_FILE) {
        text.clear();
        text.push_str("schema: app\n\ntables:\n");
        let numbers = || first..(first + IN_FILE).min(tables + 1);
        for n in numbers() {
            table(&mut text, n)?;
        }
        if first == 1 {
            text.push_str("\nenums:\n  mood: [sad, ok, happy]\n\nfunctions:\n");
            text.push_str("  current_tenant():\n    definition: returns uuid language sql stable\n");
            text.push_str("    body: select nullif(current_setting('app.tenant', true), '')::uuid\n");
            text.push_str("  touch():\n    definition: returns trigger language plpgsql\n");
            text.push_str("    body: |\n      begin\n        new.updated_at := now();\n        return new;\n      end\n");
        } else {
            text.push_str("\nfunctions:\n");
        }
        for n in numbers().filter(|n| n % 20 == 0) {
            write!(text, "  total_{n}(p_tenant uuid, p_status varchar default 'active'):\n")?;
            text.push_str("    definition: returns numeric language sql stable security definer set search_path = ''\n");
            write!(text, "    body: select sum(amount) from app.t{n:04} where tenant_id = p_tenant and status = p_status\n")?;
            text.push_str("    grants: {public: []}\n");
        }
        text.push_str("\nviews:\n");
        for n in numbers().filter(|n| n % 10 == 1) {
            write!(text, "  v{n:04}:\n    comment: What is active in t{n:04}\n    query: |\n")?;
            text.push_str("      select a.id, a.name, a.amount, b.name as parent\n");
            write!(text, "      from t{n:04} a left join t{n:04} b on b.id = a.parent_id\n      where a.status = 'active'\n")?;
        }
        std::fs::write(folder.join(format!("tables_{first:04}.yaml")), &text)?;
    }
    Ok(())
}

fn table(text: &mut String, n: usize) -> std::fmt::Result {
    let parent = n.saturating_sub(1).max(1);
    let mood = if n % 4 == 0 { "mood not null default 'ok'" } else { "text" };
    write!(text, "  t{n:04}:\n    comment: Table {n} of the benchmark\n    columns:\n")?;
    text.push_str("      id: bigint not null generated always as identity\n      tenant_id: uuid not null\n");
    text.push_str("      parent_id: bigint\n");
    write!(text, "      name:\n        definition: text not null\n        comment: The name in table {n}\n")?;
    text.push_str("      status: varchar(20) not null default 'active'\n      amount: numeric(12,2) not null default 0\n");
    write!(text, "      mood: {mood}\n")?;
    text.push_str("      data: jsonb not null default '{}'\n      created_at: timestamptz not null default now()\n");
    text.push_str("      updated_at: timestamptz\n    primary_key: [id]\n    foreign_keys:\n");
    write!(text, "      t{n:04}_parent_fkey: (parent_id) references t{parent:04} (id) on delete set null\n")?;
    text.push_str("    checks:\n");
    write!(text, "      t{n:04}_status_check: status in ('active', 'inactive', 'archived')\n")?;
    write!(text, "      t{n:04}_amount_check: amount >= 0\n    indexes:\n")?;
    write!(text, "      t{n:04}_tenant_idx: (tenant_id, created_at desc)\n")?;
    write!(text, "      t{n:04}_name_idx: (lower(name)) where status = 'active'\n")?;
    if n % 5 == 0 {
        text.push_str("    row_security: enabled\n    policies:\n");
        write!(text, "      t{n:04}_own: {{for: select, using: tenant_id = current_tenant()}}\n")?;
        write!(text, "      t{n:04}_write:\n        using: tenant_id = current_tenant()\n")?;
        text.push_str("        with_check: tenant_id = current_tenant() and status <> 'archived'\n");
    }
    if n % 10 == 0 {
        write!(text, "    triggers:\n      t{n:04}_touch: before update for each row execute function touch()\n")?;
    }
    Ok(())
}
