// A letter as a .docx file: what Python decided (`calculators/letters/layout.py`), written with the library `docx`. A script of
// its own, which the page asks for with the first such file: it weighs more than all that pages otherwise fetch.

import {
  BorderStyle,
  Document,
  LineRuleType,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
  convertMillimetersToTwip as twips,
} from "docx";

/** @typedef {{ text: string, bold: boolean, blank: boolean }} Run */
/**
 * @typedef {{ runs: Run[], left: number, after: number, line: number, new_page: boolean, keep_next: boolean }} Line lengths
 *   in millimetres, as all those of a sheet
 */
/** @typedef {{ rows: Run[][][] }} Grid */
/**
 * @typedef {object} Sheet
 * @property {string} title
 * @property {(Line | Grid)[]} parts
 * @property {string} language
 * @property {string} font
 * @property {number} size in points
 * @property {number} width
 * @property {number} height
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 * @property {number} left
 */

const BORDER = { style: BorderStyle.SINGLE, size: 4, color: "auto" };

/**
 * Writes a letter. The file says neither who made it nor on which machine; the library adds when.
 *
 * @param {Sheet} sheet
 * @returns {Promise<Blob>}
 */
function written(sheet) {
  const { title, language, font, size, width, height, top, right, bottom, left } = sheet;
  const page = {
    size: { width: twips(width), height: twips(height) },
    margin: {
      top: twips(top),
      right: twips(right),
      bottom: twips(bottom),
      left: twips(left),
      header: 0,
      footer: 0,
      gutter: 0,
    },
  };
  const run = { font, size: 2 * size, language: { value: language } };
  return Packer.toBlob(
    new Document({
      title,
      creator: "",
      lastModifiedBy: "",
      styles: { default: { document: { run } } },
      sections: [
        {
          properties: { page },
          children: sheet.parts.map((part) => ("rows" in part ? table(part, twips(width - left - right)) : line(part))),
        },
      ],
    }),
  );
}

/** @param {Partial<Line>} look */
function line({ runs = [], left = 0, after = 0, line: height = 0, new_page = false, keep_next = false }) {
  return new Paragraph({
    children: runs.map(({ text, bold, blank }) => new TextRun({ text, bold, ...(blank && { highlight: "yellow" }) })),
    indent: { left: twips(left) },
    spacing: {
      before: 0,
      after: twips(after),
      ...(height && { line: twips(height), lineRule: LineRuleType.EXACT }),
    },
    pageBreakBefore: new_page,
    keepNext: keep_next,
  });
}

/**
 * @param {Grid} grid
 * @param {number} width in twentieths of a point, as the library counts
 */
function table({ rows }, width) {
  const columns = rows[0]?.length ?? 1;
  const each = Math.floor(width / columns);
  const cell = (/** @type {Run[]} */ runs) =>
    new TableCell({ width: { size: each, type: WidthType.DXA }, children: [line({ runs })] });
  return new Table({
    width: { size: each * columns, type: WidthType.DXA },
    columnWidths: Array(columns).fill(each),
    layout: TableLayoutType.FIXED,
    borders: {
      top: BORDER,
      right: BORDER,
      bottom: BORDER,
      left: BORDER,
      insideHorizontal: BORDER,
      insideVertical: BORDER,
    },
    // The first row is said again where the table goes on to a new sheet.
    rows: rows.map((cells, number) => new TableRow({ tableHeader: number === 0, children: cells.map(cell) })),
  });
}

Object.assign(globalThis, { demarchesWord: written });
