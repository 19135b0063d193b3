import Charts
public import Workbench

extension ReportExporter {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "The page of a run without analyses", parameters: "{rows: 20}",
      output: [
        "report.html": """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;nonce-casus&#39;; script-src &#39;nonce-casus&#39;; img-src blob: data:; base-uri &#39;none&#39;; form-action &#39;none&#39;">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="generator" content="Casus test">
        <title>Example</title>
        <style nonce="casus">\(pageStyle)</style>
        <style nonce="casus" id="chart-style">\(ChartStyle.light)</style>
        <style nonce="casus">@media screen and (prefers-color-scheme:dark){\(ChartStyle.dark)}</style>
        </head>
        <body>
        <a class="skip" href="#findings">Skip to the findings</a>
        <header>
        <p class="kicker">Report of the workspace example</p>
        <h1 dir="auto">Example</h1>
        <p class="lead">0 analyses, 0 findings.</p>
        </header>
        <nav aria-label="Contents"><ul>
        <li><a href="#findings">Findings</a></li><li><a href="#run">What was run</a></li>
        <li><a href="#quality">Data and their quality</a></li><li><a href="#again">How to do it again</a></li>
        </ul></nav>
        <main>
        <section id="findings"><h2>Findings</h2>
        <p class="faint">Strong:
        the data leave little doubt. Moderate: they speak for it. Weak: few events, or a wide interval. Descriptive: a plain
        count or date.</p>
        <p>The analyses state no findings.</p>

        </section>
        <section id="run"><h2>What was run</h2>


        </section>

        <section id="quality"><h2>Data and their quality</h2>
        <p>Outside the days covered nothing can be known: there, no events means no data, not peace.</p>

        <h3>What became of the events</h3>
        <div class="scroll" role="region" tabindex="0" aria-label="Table event-sets">
        <table class="data"><caption>What became of the events of each set.</caption><thead><tr><th scope="col">event set</th><th scope="col" class="n">count</th></tr></thead>
        <tbody></tbody></table></div>
        <details class="meanings"><summary>What the columns mean</summary><dl><div><dt>event set</dt><dd>name</dd></div><div><dt>count</dt><dd>how many</dd></div></dl></details>

        <h3>Warnings</h3>
        <p>None.</p>
        </section>
        <section id="again"><h2>How to do it again</h2>
        <p>The same workspace, the same files and the same version of the program give this page again, to the byte. Digests
        show that files are the same; they do not show who wrote them.</p>
        <pre><code>casus check path/to/example
        casus run path/to/example</code></pre>
        <div class="scroll" role="region" tabindex="0" aria-label="What the run depends on"><table><caption>What the run depends on</caption>
        <thead><tr><th scope="col">What</th><th scope="col">Value</th></tr></thead><tbody><tr><th scope="row">Program</th><td><code class="digest">Casus test</code></td></tr><tr><th scope="row">Licence of the results</th><td><code class="digest">CC-BY-4.0</code></td></tr></tbody></table></div>
        <h3>Please cite the data</h3>
        <p>The sources name no citation.</p>
        </section>
        </main>
        <footer><p>Made by Casus test. The page loads nothing from elsewhere and sends nothing.</p></footer>
        <script nonce="casus">\(pageScript)</script>
        </body>
        </html>

        """
      ])
  ]
}
