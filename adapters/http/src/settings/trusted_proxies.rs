//! Proxies whose word on their clients is taken, by their addresses and networks.
use ipnet::{IpNet, Ipv4Net};
use kernel::{SettingKind, SettingValue, TextRule};
use std::net::IpAddr;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// `address`: as IPv4 where it is that within IPv6.
    pub fn includes(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl SettingValue for TrustedProxies {
    const KIND: SettingKind = SettingKind::Checked(TextRule {
        wanted: "addresses and networks separated by commas, each such as 10.0.0.7 or 10.0.0.0/8",
        is_met: |text| parse(text).is_some(),
    });

    fn read(text: &str) -> TrustedProxies {
        parse(text).expect("the text is checked against the setting's rule")
    }
}

fn parse(text: &str) -> Option<TrustedProxies> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(network).collect::<Option<_>>().map(TrustedProxies)
}

fn network(text: &str) -> Option<IpNet> {
    let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok()?;
    Some(canonical(network))
}

/// A network within the IPv4 addresses of IPv6 is one of IPv4.
fn canonical(network: IpNet) -> IpNet {
    let of_ipv4 = |network: IpNet| {
        let IpAddr::V4(address) = network.addr().to_canonical() else { return None };
        Ipv4Net::new(address, network.prefix_len().checked_sub(96)?).ok().map(IpNet::from)
    };
    match network {
        IpNet::V6(_) => of_ipv4(network).unwrap_or(network),
        IpNet::V4(_) => network,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_network_of_one() {
        let trusted = parse("10.0.0.7, 192.0.2.0/24,fd00::/8 , ::ffff:198.51.100.9").expect("four");
        for (address, is_trusted) in [
            ("10.0.0.7", true),
            ("10.0.0.8", false),
            ("192.0.2.255", true),
            ("192.0.3.0", false),
            ("fdff::1", true),
            ("fe00::1", false),
            ("198.51.100.9", true),
            ("198.51.100.8", false),
        ] {
            assert_eq!(trusted.includes(address.parse().expect("an address")), is_trusted, "{address}");
        }
        assert_eq!(parse(" , "), Some(TrustedProxies::default()));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for written in
            ["10.0.0.0/33", "10.0.0", "localhost", "*", "10.0.0.1:80", "10.0.0.0/255.0.0.0", "10.0.0.1 10.0.0.2"]
        {
            assert_eq!(parse(written), None, "{written}");
        }
    }
}
