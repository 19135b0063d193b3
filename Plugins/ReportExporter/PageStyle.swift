/// How the page looks: on paper, on a screen, in the dark, and 360 pixels wide.
let pageStyle = """
  :root{color-scheme:light dark;--paper:#fff;--ink:#222;--faint:#5f6368;--rule:#d9d9d9;--tint:#f6f6f4;--link:#00589b;\
  --strong:#00563f;--moderate:#00589b;--weak:#8a4b00}
  @media screen and (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e8e8e8;--faint:#a8adb3;--rule:#3a3f44;\
  --tint:#1c2024;--link:#7cc4f2;--strong:#3ccb9f;--moderate:#7cc4f2;--weak:#f0c04a}}
  *{box-sizing:border-box}code,strong,a,span,dt,dd,li,td,th{unicode-bidi:isolate}
  body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,\
  'DejaVu Sans',sans-serif;overflow-wrap:break-word}
  h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .6rem}h2{font-size:1.4rem;margin:3rem 0 .6rem;padding-top:.6rem;\
  border-top:2px solid var(--ink)}h3{font-size:1.1rem;margin:1.8rem 0 .4rem}
  a{color:var(--link)}h3 a{color:inherit}.kicker,.faint,footer,caption,.swipe{color:var(--faint)}.kicker{margin:0}
  .lead{font-size:1.1rem;margin:0}nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
  .skip,.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  .skip:focus{position:static;width:auto;height:auto;clip-path:none}
  .findings{list-style:none;padding:0}.findings>li{margin:0 0 .9rem;padding-left:.8rem;border-left:3px solid var(--rule)}
  .findings p{margin:0}.date{white-space:nowrap}.strength{font-size:.8rem;font-weight:600;border:1px solid;border-radius:3px;padding:0 .35rem;\
  margin-right:.4rem;color:var(--faint)}.strong{color:var(--strong)}.moderate{color:var(--moderate)}.weak{color:var(--weak)}
  details{margin:.3rem 0}summary{cursor:pointer}details.table>summary{padding:.3rem .5rem;background:var(--tint)}
  .event{margin:.6rem 0;padding:.4rem .8rem;background:var(--tint)}.event p{margin:0}dl{margin:.4rem 0}
  dl.record>div,.meanings dl>div{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.2rem 1rem;padding:.1rem 0;\
  border-top:1px solid var(--rule)}dt{font-weight:600}dt .faint{display:block;font-weight:400;font-size:.85rem}
  dd{margin:0;white-space:pre-line;min-width:0;overflow-wrap:anywhere}dl.numbers{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
  dl.numbers>div{display:flex;gap:.4rem}
  .figure{margin:1.6rem 0;break-inside:avoid}.plot{overflow-x:auto;border:1px solid var(--rule)}.plot svg{display:block;\
  width:100%;min-width:38rem;height:auto}.swipe{display:none;margin:.2rem 0;font-size:.85rem}
  .reading{display:block;min-height:1.5em;font-size:.9rem}.tools{margin:0;display:flex;gap:.4rem}
  .chart .cursor{fill:none;stroke:var(--ink);stroke-width:2}
  button{font:inherit;font-size:.85rem;color:inherit;background:var(--tint);border:1px solid var(--faint);border-radius:3px;\
  padding:.1rem .6rem;cursor:pointer}th button{border:0;background:none;padding:0;font-weight:600;text-align:inherit}
  th[aria-sort=ascending] button::after{content:" \\25B2"}th[aria-sort=descending] button::after{content:" \\25BC"}
  :focus-visible{outline:3px solid var(--link);outline-offset:2px}
  .scroll{overflow:auto;max-height:30rem;margin:.4rem 0}table{border-collapse:collapse;font-size:.9rem}
  caption{text-align:left;padding:.3rem 0}th,td{padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top;\
  border-bottom:1px solid var(--rule);max-width:24rem;overflow-wrap:anywhere}td{min-width:2.5rem}
  thead th{position:sticky;top:0;background:var(--paper);vertical-align:bottom;overflow-wrap:normal}
  .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}thead th.n{white-space:normal}
  .d{white-space:nowrap}.plain{list-style:none;margin:0;padding:0}.digest{overflow-wrap:anywhere}
  code,pre{font-family:ui-monospace,'DejaVu Sans Mono',monospace;font-size:.85rem}pre{overflow-x:auto;background:var(--tint);\
  padding:.6rem}.warnings{padding-left:1.2rem}footer{margin-top:3rem;font-size:.85rem}
  @media (max-width:42rem){.swipe{display:block}h1{font-size:1.5rem}dl.record>div,.meanings dl>div{grid-template-columns:1fr}}
  @media print{body{max-width:none;padding:0;font-size:10pt}nav,.tools,.reading,.swipe,.skip{display:none}.plot{border:0;\
  overflow:visible}.plot svg{min-width:0}.scroll{max-height:none;overflow:visible}h2,h3{break-after:avoid}}
  """
