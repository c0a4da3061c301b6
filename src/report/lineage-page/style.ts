/** The whole style of the page: no remote font, no image; prints without the panel. */
export const style = `
:root{--ink:#1c2733;--soft:#5b6b7a;--line:#d9e0e6;--paper:#fff;--ground:#f4f6f8;--accent:#0b5cad;--bad:#b3261e;--warn:#8a5a00;--ok:#1e6b3a}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.6 "Noto Sans SC","Microsoft YaHei","PingFang SC","Source Han Sans SC","Noto Sans CJK SC",sans-serif}
header{background:var(--paper);border-bottom:1px solid var(--line);padding:20px 24px}
header h1{margin:0 0 4px;font-size:22px;line-height:1.35}
header p{margin:0;color:var(--soft)}
main{max-width:1180px;margin:0 auto;padding:16px 24px 80px}
section{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:16px 20px;margin:16px 0}
h2{font-size:17px;margin:0 0 12px}
h3{font-size:15px;margin:16px 0 8px;color:var(--soft);font-weight:600}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px}
.card{border:1px solid var(--line);border-radius:6px;padding:10px 12px}
.card b{display:block;font-size:20px;font-weight:600;line-height:1.4}
.card span{color:var(--soft);font-size:13px}
.missing{color:var(--soft);font-size:15px;font-weight:400}
button.fig{all:unset;cursor:pointer;color:var(--accent);border-bottom:1px dotted var(--accent);overflow-wrap:break-word}
button.fig:hover,button.fig[aria-expanded=true]{background:#e6f0fb}
button.fig:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border:1px solid var(--line);padding:6px 8px;text-align:left;vertical-align:top;overflow-wrap:break-word}
th{background:#eef2f5;font-weight:600;white-space:nowrap}
td.num{text-align:right;white-space:nowrap}
.path small{display:block;color:var(--soft)}
.badge{display:inline-block;border-radius:4px;padding:0 6px;font-size:12px;line-height:20px;border:1px solid currentColor;white-space:nowrap}
.badge.error,.badge.red{color:var(--bad)}.badge.warning,.badge.yellow,.badge.undecided{color:var(--warn)}.badge.notice,.badge.kind{color:var(--soft)}
ul.problems{list-style:none;margin:0;padding:0}
ul.problems li{padding:8px 0;border-top:1px solid var(--line);display:grid;grid-template-columns:56px 1fr;gap:8px}
ul.problems li:first-child{border-top:0}
ul.problems small{color:var(--soft)}
input[type=search]{width:100%;max-width:360px;padding:8px 10px;border:1px solid var(--line);border-radius:6px;font:inherit;margin:0 0 10px}
aside{position:fixed;inset:0 0 0 auto;width:min(460px,100%);background:var(--paper);border-left:1px solid var(--line);box-shadow:-8px 0 24px #0002;padding:16px 20px;overflow:auto;z-index:2}
aside:focus{outline:0}
aside[hidden]{display:none}
aside h2{display:flex;justify-content:space-between;gap:12px;align-items:start}
aside button.close{all:unset;cursor:pointer;color:var(--accent);white-space:nowrap;font-size:14px;font-weight:400}
.node{border-left:3px solid var(--line);padding:2px 0 2px 12px;margin:10px 0}
.node>p{margin:0 0 2px}
.node .name{font-weight:600}
.node .big{font-size:17px;font-weight:600;color:var(--accent);overflow-wrap:anywhere}
.node dl{margin:4px 0;display:grid;grid-template-columns:max-content 1fr;gap:0 10px;font-size:13px}
.node dt{color:var(--soft)}.node dd{margin:0;overflow-wrap:anywhere}
@media(max-width:640px){main{padding:8px 10px 60px}section{padding:12px}header{padding:14px 12px}aside{inset:auto 0 0 0;width:100%;max-height:78vh;border-left:0;border-top:1px solid var(--line);border-radius:12px 12px 0 0}th,td{padding:5px 6px}
table.stack thead{display:none}table.stack tr{display:block;border:1px solid var(--line);border-radius:6px;margin:0 0 10px;padding:6px 8px}table.stack td{display:grid;grid-template-columns:96px 1fr;gap:8px;border:0;padding:3px 0;text-align:left;white-space:normal;justify-items:start}table.stack td::before{content:attr(data-h);color:var(--soft)}}
@media print{aside,input{display:none!important}button.fig{color:inherit;border:0}section{break-inside:avoid-page}body{background:#fff}}
`;
