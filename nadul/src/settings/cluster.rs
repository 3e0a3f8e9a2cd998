//! Variables that a cluster sets in every container for each service it has: Kubernetes, and links of containers.

/// Whether a service whose name begins with ours explains such a variable. The port of a service called
/// `nadul-http-gateway` has the name of a setting, and tells itself by its value.
pub fn sets(name: &str, value: &str) -> bool {
    let of_service =
        name.ends_with("_SERVICE_HOST") || name.ends_with("_SERVICE_PORT") || name.contains("_SERVICE_PORT_");
    of_service || (name.ends_with("_PORT") && is_address(value)) || names_a_port(name)
}

/// `tcp://10.0.0.1:8088`
fn is_address(value: &str) -> bool {
    value.split_once("://").is_some_and(|(protocol, _)| PROTOCOLS.contains(&protocol.to_uppercase().as_str()))
}

/// `…_PORT_8088_TCP`, perhaps with more behind it.
fn names_a_port(name: &str) -> bool {
    let words: Vec<&str> = name.split('_').collect();
    (1..words.len()).any(|at| match &words[at..] {
        ["PORT", number, protocol, rest @ ..] => {
            number.parse::<u16>().is_ok()
                && PROTOCOLS.contains(protocol)
                && matches!(rest, [] | ["PROTO" | "PORT" | "ADDR"])
        }
        _ => false,
    })
}

const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];
