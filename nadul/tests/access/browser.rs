//! A browser as far as signing in needs one: keeps cookies, follows redirects one by one, sends forms.
use std::collections::BTreeMap;
use ureq::http::{HeaderMap, Request};

#[derive(Default)]
pub struct Browser {
    agent: Option<ureq::Agent>,
    cookies: BTreeMap<String, String>,
}

/// What a browser was answered.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    /// Where it was asked.
    url: String,
    /// Where it leads; empty where it is read.
    pub location: String,
    pub cookies: Vec<String>,
    pub text: String,
}

impl Browser {
    pub fn new() -> Browser {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Browser { agent: Some(config.into()), ..Browser::default() }
    }

    /// The line that it sends for this cookie.
    pub fn cookie(&self, name: &str) -> String {
        format!("{name}={}", self.cookies[name])
    }

    pub fn get(&mut self, url: &str) -> Page {
        self.ask("GET", url, "")
    }

    /// A form of a page of the same origin.
    pub fn post(&mut self, url: &str, form: &str) -> Page {
        self.ask("POST", url, form)
    }

    /// On and on until there is something to read.
    pub fn follow(&mut self, url: &str) -> Page {
        let page = self.get(url);
        self.follow_from(page, |_| false)
    }

    /// The page's form, and on.
    pub fn submit(&mut self, page: &Page, form: &str) -> Page {
        self.submit_to(page, form, |_| false)
    }

    /// The same up to a redirect to such an address, which is not followed.
    pub fn submit_to(&mut self, page: &Page, form: &str, is_there: impl Fn(&str) -> bool) -> Page {
        let action = page.text.split("action=\"").nth(1).and_then(|rest| rest.split('"').next());
        let url = absolute(&page.url, action.expect("the page has a form"));
        let page = self.post(&url, form);
        self.follow_from(page, is_there)
    }

    /// From this page on until there is something to read, or up to such a redirect.
    pub fn follow_from(&mut self, mut page: Page, is_there: impl Fn(&str) -> bool) -> Page {
        for _ in 0..10 {
            if page.location.is_empty() || is_there(&page.location) {
                return page;
            }
            page = self.get(&absolute(&page.url, &page.location));
        }
        panic!("it is led on and on: {page:?}");
    }

    fn ask(&mut self, method: &str, url: &str, form: &str) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(url).header("cookie", cookies.join("; "));
        if method == "POST" {
            request = request.header("origin", origin(url)).header("content-type", "application/x-www-form-urlencoded");
        }
        let agent = self.agent.clone().expect("made with it");
        let mut answer = agent.run(request.body(form.to_string()).expect("a request")).expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let cookies = all(&headers, "set-cookie");
        cookies.iter().for_each(|cookie| self.keep(cookie));
        let location = all(&headers, "location").pop().unwrap_or_default();
        let text = answer.body_mut().read_to_string().expect("a text");
        Page { status, url: url.to_string(), location, cookies, text }
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
        let (name, value) = pair.expect("a cookie has a name");
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_string(), value.to_string());
        }
    }
}

fn all(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).map(str::to_string).collect()
}

fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}

fn absolute(base: &str, location: &str) -> String {
    if location.starts_with('/') { format!("{}{location}", origin(base)) } else { location.to_string() }
}
