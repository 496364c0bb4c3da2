//! Parse, run, exit code.

fn main() -> std::process::ExitCode {
    trueup::cli::main()
}
