/// How pages look: one sheet, light and dark, for phones and desktops.
enum Style {
    static let sheet = """
        :root {
            color-scheme: light dark;
            --page: #faf8f5; --surface: #ffffff; --text: #1e1b16; --muted: #625b4f; --line: #ddd6ca; --accent: #80500a;
            --good: #17693f; --bad: #a8201a; --unknown: #575d66; --count: #b87514; --time: #35689a;
            --heat-1: #fdf3df; --heat-2: #fae3b6; --heat-3: #f4cb80; --heat-4: #e8ac45; --heat-5: #8f5805; --heat-6: #5c3600;
            --on-light: #1e1b16; --on-dark: #ffffff;
        }
        @media (prefers-color-scheme: dark) {
            :root {
                --page: #14120e; --surface: #1d1a15; --text: #f0ebe1; --muted: #b3aa9b; --line: #3b362d; --accent: #f2b853;
                --good: #6fd39b; --bad: #ff9d94; --unknown: #b0b6c0; --count: #e2a23b; --time: #7fb0e0;
                --heat-1: #2a2313; --heat-2: #42340f; --heat-3: #664d0e; --heat-4: #bd8c22; --heat-5: #e7b142; --heat-6: #ffd98a;
                --on-light: #f0ebe1; --on-dark: #14120e;
            }
        }
        * { box-sizing: border-box; }
        html { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; background: var(--page); color: var(--text); }
        body { margin: 0 auto; max-width: 75rem; padding: 0 1rem 2rem; }
        a { color: var(--accent); }
        a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, .scroll:focus-visible {
            outline: 3px solid var(--accent); outline-offset: 2px;
        }
        main:focus { outline: none; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: 1rem; top: .5rem; background: var(--surface); padding: .5rem 1rem; z-index: 1; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; border-bottom: 1px solid var(--line); padding: .75rem 0; }
        header .brand { margin: 0; font-weight: 700; font-size: 1.15rem; }
        header .brand a { text-decoration: none; color: inherit; }
        header nav { order: 3; width: 100%; }
        header form { margin-left: auto; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; margin: 0; padding: 0; }
        nav a { display: block; padding: .35rem .8rem; border-radius: .4rem; text-decoration: none; }
        nav a:hover { text-decoration: underline; }
        nav [aria-current] { background: var(--accent); color: var(--page); }
        nav .site { padding: .35rem .5rem .35rem 0; font-weight: 600; }
        .choice { margin: .75rem 0; }
        .choice a { border: 1px solid var(--line); background: var(--surface); }
        .choice a[aria-current] { background: var(--accent); border-color: var(--accent); }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 1.25rem 0 .75rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
        .muted { color: var(--muted); }
        .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; background: var(--surface); }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .75rem; border-top: 1px solid var(--line); }
        thead th { border-top: 0; color: var(--muted); font-weight: 600; font-size: .875rem; white-space: nowrap; }
        tbody th { font-weight: 600; white-space: nowrap; }
        td.number, th.number { text-align: right; white-space: nowrap; }
        td time, dd time { white-space: nowrap; }
        td .muted { white-space: nowrap; }
        td.drawn { min-width: 12rem; width: 35%; }
        td.cause { min-width: 10rem; overflow-wrap: anywhere; }
        td.line { min-width: 16rem; overflow-wrap: anywhere; white-space: pre-wrap; font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .875rem; }
        .status { white-space: nowrap; font-weight: 600; }
        .status::before { content: ""; display: inline-block; width: .65em; height: .65em; margin-right: .4em; background: currentColor; }
        .status.good { color: var(--good); } .status.good::before { border-radius: 50%; }
        .status.bad { color: var(--bad); }
        .status.unknown { color: var(--unknown); } .status.unknown::before { transform: rotate(45deg) scale(.85); }
        .level.bad { color: var(--bad); font-weight: 600; }
        .tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
        .tile { flex: 1 1 8rem; background: var(--surface); border: 1px solid var(--line); border-left: .4rem solid; border-radius: .5rem; padding: .5rem 1rem; }
        .tile dt { color: var(--muted); } .tile dd { margin: 0; font-size: 2rem; line-height: 1.2; font-weight: 600; color: var(--text); }
        .tile.good { border-left-color: var(--good); } .tile.bad { border-left-color: var(--bad); } .tile.unknown { border-left-color: var(--unknown); }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .75rem; }
        .facts div { background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; overflow-wrap: anywhere; }
        .facts dt { color: var(--muted); font-size: .875rem; } .facts dd { margin: 0; }
        .strip { display: block; width: 100%; height: 1.4rem; border-bottom: 1px solid var(--line); }
        .strip .good { fill: var(--good); } .strip .bad { fill: var(--bad); } .strip .unknown { fill: var(--unknown); }
        .legend .key { display: inline-block; width: .9rem; vertical-align: baseline; margin-left: .75rem; }
        .legend .key:first-child { margin-left: 0; }
        .key.good { height: .3rem; background: var(--good); } .key.unknown { height: .6rem; background: var(--unknown); } .key.bad { height: 1rem; background: var(--bad); }
        .zone { display: grid; gap: 0 1.5rem; }
        @media (min-width: 48rem) { .zone { grid-template-columns: 1fr 1fr; } }
        .zone h2 { grid-column: 1 / -1; }
        .chart { margin: 0 0 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; }
        .chart figcaption { color: var(--muted); font-size: .875rem; }
        .chart p { margin: 0; font-size: .8125rem; color: var(--muted); }
        .chart svg { display: block; width: 100%; height: 6rem; border-bottom: 1px solid var(--line); border-top: 1px dotted var(--line); }
        .chart .count rect { fill: var(--count); } .chart .time rect { fill: var(--time); }
        .chart .axis { display: flex; justify-content: space-between; gap: .5rem; }
        .heat { table-layout: fixed; max-width: 46rem; border-collapse: separate; border-spacing: 2px; }
        .heat th, .heat td { border: 0; padding: .15rem .25rem; text-align: center; height: 1.6rem; border-radius: .2rem; font-size: .875rem; vertical-align: middle; }
        .heat-0 { background: var(--surface); } .heat-1 { background: var(--heat-1); color: var(--on-light); }
        .heat-2 { background: var(--heat-2); color: var(--on-light); } .heat-3 { background: var(--heat-3); color: var(--on-light); }
        .heat-4 { background: var(--heat-4); color: #1e1b16; } .heat-5 { background: var(--heat-5); color: var(--on-dark); }
        .heat-6 { background: var(--heat-6); color: var(--on-dark); }
        button, input, select { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--muted); border-radius: .4rem; padding: .4rem .8rem; max-width: 100%; }
        button { background: var(--accent); border-color: var(--accent); color: var(--page); cursor: pointer; }
        button.plain { background: none; color: var(--accent); border-color: var(--line); }
        .choose { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
        .login { max-width: 32rem; } .login label { display: block; font-weight: 600; } .login input { width: 100%; }
        .login code { overflow-wrap: anywhere; }
        .fault { border: 1px solid var(--bad); border-left-width: .4rem; border-radius: .4rem; padding: .5rem 1rem; background: var(--surface); }
        .exports { margin-top: 1.5rem; }
        footer { margin-top: 2.5rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .875rem; }
        @media (max-width: 30rem) {
            body { padding: 0 .75rem 2rem; } th, td { padding: .4rem .5rem; } .heat .wide { display: none; } td.drawn { min-width: 7rem; }
            .heat th, .heat td { padding: .1rem; font-size: .75rem; }
        }
        @media print { header form, .choice, .choose, .exports, .skip { display: none; } }

        """

    /// A step, lit.
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1e1b16"/>\
        <path d="M5 25h7v-6h7v-6h8" fill="none" stroke="#b3aa9b" stroke-width="2.5"/>\
        <path d="M5 28h7M12 22h7M19 16h8" stroke="#f2b853" stroke-width="3"/></svg>

        """
}
