/// The page that asks for a token.
struct LoginPage: Sendable {
    /// Why another one didn't do; nil: none was given.
    var fault: String?
    /// Where to go then.
    var next: String
    var timeZone: String

    var html: HTML {
        PageFrame(title: "Log in", isLoggedIn: false).html(
            """
            \(fault.map { "<p class=\"fault\" role=\"alert\">\($0)</p>" as HTML })
            <form class="login" method="post" action="/login">
            <p><label for="token">Token</label>
            <input id="token" name="token" type="password" required autocomplete="current-password" aria-describedby="token-hint">
            <span id="token-hint" class="muted">One for reading: <code>footlight-backend credential add --site NAME --scope read</code></span></p>
            <p><label for="timezone">Time zone</label>
            <input id="timezone" name="timezone" value="\(timeZone)" autocomplete="off" spellcheck="false" aria-describedby="timezone-hint">
            <span id="timezone-hint" class="muted">Whose hours the pages show: <code>Europe/Rome</code>, say. Empty: the backend’s own</span></p>
            <input type="hidden" name="next" value="\(next)">
            <p><button type="submit">Log in</button></p>
            </form>
            """)
    }
}

/// The page that says why there is none.
struct FaultPage: Sendable {
    let status: Int
    let text: String

    var html: HTML {
        let title =
            switch status {
            case 403: "Not allowed"
            case 404: "Not found"
            case 400: "Can’t be asked so"
            default: "Not at present"
            }
        return PageFrame(title: title).html("<p class=\"fault\">\(text)</p>\n<p><a href=\"/sites\">All sites</a></p>")
    }
}
