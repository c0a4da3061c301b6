/**
 * The one typst template. It knows the block model and nothing else; every word of a paper arrives as data
 * (`sys.inputs.paper`), never as source. Same look as the DOCX: GB/T 9704, 22 lines × 28 characters.
 *
 * Text never asks for a weight and never falls back, so that only the fonts handed in are used; bold and the
 * title's heavier face are drawn by a thin stroke. Letters and digits come from FandolSong.
 */
export const TEMPLATE = `
#let paper = json(bytes(sys.inputs.paper))
#let faces(name) = ((name: "FandolSong", covers: regex("[ -~]")), name, "Noto Serif CJK SC")
#let fang = faces("FandolFang R")
#let hei = ("FandolHei", "Noto Serif CJK SC")
#let kai = faces("FandolKai")
#let song = faces("FandolSong")
#let gap = paper.pitch * 1pt - 16pt

#set document(title: paper.title, date: none)
#set text(font: fang, fallback: false, size: 16pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(leading: gap, spacing: gap, justify: true)
#show heading: it => block(sticky: true, above: gap, below: gap, it.body)
#show heading: set text(size: 16pt, weight: "regular")

#let words(t) = if "\\n" in t { t.split("\\n").join(linebreak()) } else { t }
#let run(r) = if type(r) == str { words(r) } else { text(stroke: 0.02em, words(r.b)) }
#let runs(items) = if items.len() == 1 { run(items.first()) } else { items.map(run).join() }

#let title(b) = v(b.above * 1pt) + align(center, block(
  width: if b.measure == none { 100% } else { b.measure * 22pt },
  above: 0pt, below: b.below * 1pt, sticky: true, breakable: false,
  { set par(justify: false, leading: 12pt)
    show heading: it => it.body
    show heading: set text(font: song, size: 22pt, weight: "regular", stroke: 0.3pt)
    heading(level: 1, outlined: false, bookmarked: false, runs(b.r)) },
))

#let head(b) = {
  let face = if b.l == 1 { hei } else if b.l == 2 { kai } else { fang }
  heading(level: b.l, { set text(font: face, tracking: -0.25pt); h(2em); runs(b.r) })
}

#let closing(b) = block(width: 100%, sticky: b.role == "signature", above: b.above * 1pt, below: gap,
  align(right, pad(right: b.right * 1em, runs(b.r))))

#let hanging(b) = block(width: 100%, sticky: b.role == "attachment", above: b.above * 1pt, below: b.below * 1pt,
  pad(left: b.left * 1em, right: b.right * 1em, par(justify: false, hanging-indent: b.hanging * 1em, runs(b.r))))

#let paragraph(b) = {
  let side = if b.a == "left" { left } else if b.a == "center" { center } else if b.a == "right" { right } else { none }
  if b.a == "annex" { block(above: 0pt, below: gap, sticky: true, text(font: hei, runs(b.r))) }
  else if b.role == "body" and side != center and side != right {
    set text(tracking: -0.25pt)
    par(first-line-indent: (amount: 2em, all: true), justify: side != left, runs(b.r))
  } else if b.role == "subtitle" {
    block(width: 100%, above: 0pt, below: 14pt, sticky: true, align(center, text(font: kai, runs(b.r))))
  } else if b.role == "unit-note" {
    block(width: 100%, sticky: true, above: 10pt, below: 5pt, align(if side == none { right } else { side }, text(size: 12pt, runs(b.r))))
  } else if b.role == "note" {
    block(width: 100%, above: 6pt, below: 12pt, { set par(leading: 7pt); set text(size: 10.5pt); runs(b.r) })
  } else if b.role == "cover-line" or b.role == "attachment" { hanging(b) }
  else if b.role == "signature" or b.role == "date" { closing(b) }
  else if side == none { par(runs(b.r)) }
  else { align(side, par(justify: false, runs(b.r))) }
}

#let sides = (left: left + horizon, right: right + horizon, center: center + horizon)
#let cell(c) = {
  let body = if c.p.len() == 1 { runs(c.p.first()) } else { c.p.map(runs).join(linebreak()) }
  table.cell(
    x: c.x, y: c.y, colspan: c.w, rowspan: c.h, breakable: c.k, align: sides.at(c.a),
    { let inner = if c.m == none { body } else { block(width: c.m * 1em + 0.2em, body) }
      if c.hd { set text(font: hei); inner } else { inner } },
  )
}

#let sheet(b) = block(width: 100%, above: b.above * 1pt, below: b.below * 1pt, {
  set text(size: b.size * 1pt)
  set par(justify: false, leading: 0.35em, spacing: 0.35em)
  table(
    columns: b.widths.map(w => w * 1pt), inset: (x: 3pt, y: 2.6pt), stroke: 0.5pt,
    ..if b.head.len() > 0 { (table.header(..b.head.map(cell)),) },
    ..b.cells.map(cell),
  )
})

// No height, so that a table which fills the page keeps its notes: they reach into the margin then.
#let notes(b) = block(width: 100%, height: 0pt, above: 0pt, below: 0pt, {
  set par(leading: 7pt, spacing: 9pt)
  set text(size: 10.5pt)
  v(8pt)
  for item in b.items { par(runs(item)) }
})

#let number = context {
  let n = counter(page).get().first()
  set text(font: song, size: 14pt)
  set par(spacing: 0pt)
  if calc.odd(n) { align(right, pad(right: 1em, [— #n —])) } else { align(left, pad(left: 1em, [— #n —])) }
}

#if sys.inputs.manifest != "" {
  pdf.attach("facts.json", bytes(sys.inputs.manifest), mime-type: "application/json", relationship: "data")
}
#for section in paper.sections {
  page(
    paper: "a4", flipped: section.landscape,
    margin: (top: section.margin.top * 1mm, right: section.margin.right * 1mm,
      bottom: section.margin.bottom * 1mm, left: section.margin.left * 1mm),
    footer: if paper.numbered { number }, footer-descent: 7mm,
    header: if paper.header != none { align(center, text(font: song, size: 10.5pt, runs(paper.header))) },
    {
      for b in section.blocks {
        if b.kind == "title" { title(b) }
        else if b.kind == "head" { head(b) }
        else if b.kind == "paragraph" { paragraph(b) }
        else if b.kind == "table" { sheet(b) }
        else if b.kind == "notes" { notes(b) }
        else { pagebreak() }
      }
    },
  )
}
`;
