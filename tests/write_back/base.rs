//! The workbook that every fixture is a variant of, as Excel writes one: a cover, a sheet of figures, a log.

use super::package::Package;

pub const CONTENT_TYPES: &str = "[Content_Types].xml";
pub const WORKBOOK: &str = "xl/workbook.xml";
pub const RELATIONSHIPS: &str = "xl/_rels/workbook.xml.rels";
pub const STYLES: &str = "xl/styles.xml";
pub const STRINGS: &str = "xl/sharedStrings.xml";
/// The sheet “Cover”.
pub const COVER: &str = "xl/worksheets/sheet1.xml";
/// The sheet “KPIs”.
pub const KPIS: &str = "xl/worksheets/sheet2.xml";
/// The sheet “Log”.
pub const LOG: &str = "xl/worksheets/sheet3.xml";
/// Relationships of the sheet “KPIs”; the base has none.
pub const KPIS_RELATIONSHIPS: &str = "xl/worksheets/_rels/sheet2.xml.rels";

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet3.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#;

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr defaultThemeVersion="124226"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="19200" windowHeight="9000" activeTab="1"/></bookViews><sheets><sheet name="Cover" sheetId="1" r:id="rId1"/><sheet name="KPIs" sheetId="4" r:id="rId2"/><sheet name="Log" sheetId="7" r:id="rId3"/></sheets><calcPr calcId="145621"/></workbook>"#;

const BOOK_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet3.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// Formats: 0 plain, 1 title, 2 heading, 3 percent with borders and locked, 4 date, 5 wrapped green text on yellow.
const LOOKS: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\ mmm\ yyyy"/></numFmts><fonts count="4"><font><sz val="11"/><color rgb="FF000000"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="16"/><color rgb="FF1F4E79"/><name val="Arial"/><family val="2"/></font><font><b/><sz val="11"/><color indexed="9"/><name val="Calibri"/><family val="2"/></font><font><i/><sz val="10"/><color rgb="FF00B050"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color indexed="64"/></left><right style="thin"><color indexed="64"/></right><top style="thin"><color indexed="64"/></top><bottom style="thin"><color indexed="64"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyProtection="1"><protection locked="0"/></xf><xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/><xf numFmtId="0" fontId="3" fillId="3" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/></styleSheet>"#;

/// 0 to 9.
const TEXTS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="11" uniqueCount="10"><si><t>Quarterly return</t></si><si><t>Measure</t></si><si><t>Met</t></si><si><t>Of</t></si><si><t>Share</t></si><si><t>Date</t></si><si><t>Referrals allocated in 2 working days</t></si><si><t>People contacted in 2 days</t></si><si><t xml:space="preserve"> kept spaces </t></si><si><t>Tom &amp; Jerry &lt;5</t></si></sst>"#;

const COVER_SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><dimension ref="A1:B2"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData><row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c></row><row r="2" spans="1:2"><c r="A2" t="s"><v>5</v></c><c r="B2" s="4"><v>46003</v></c></row></sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>"#;

const KPI_SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><dimension ref="A1:F7"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="D4" sqref="D4"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="40.7109375" customWidth="1"/></cols><sheetData><row r="1" spans="1:6" ht="21" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/></row><row r="3" spans="1:6"><c r="A3" s="2" t="s"><v>1</v></c><c r="B3" s="2" t="s"><v>2</v></c><c r="C3" s="2" t="s"><v>3</v></c><c r="D3" s="2" t="s"><v>4</v></c><c r="E3" s="2" t="s"><v>5</v></c></row><row r="4" spans="1:6"><c r="A4" t="s"><v>6</v></c><c r="B4"><v>21</v></c><c r="C4"><v>22</v></c><c r="D4" s="3"><f>B4/C4</f><v>0.95454545454545459</v></c><c r="E4" s="4"><v>46003</v></c><c r="F4" s="5" t="s"><v>8</v></c></row><row r="5" spans="1:6"><c r="A5" t="s"><v>7</v></c><c r="B5"><v>19</v></c><c r="C5"><v>21</v></c><c r="D5" s="3"><f>B5/C5</f><v>0.90476190476190477</v></c><c r="E5" s="4"><v>46004</v></c><c r="F5" t="s"><v>9</v></c></row><row r="6" spans="1:6"><c r="A6" t="inlineStr"><is><t>Written inline</t></is></c><c r="B6"><v>7</v></c><c r="C6" t="b"><v>1</v></c><c r="D6" t="e"><f>B6/0</f><v>#DIV/0!</v></c><c r="F6" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row><row r="7" spans="1:6"><c r="B7"><f>SUM(B4:B6)</f><v>47</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>"#;

const LOG_SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B3"/><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2.5</v></c></row><row r="3"><c r="A3"><v>2</v></c><c r="B3"><v>1E-3</v></c></row></sheetData></worksheet>"#;

const CORE: &str = r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Data team</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2025-12-01T09:00:00Z</dcterms:created></cp:coreProperties>"#;

const APP: &str = r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><AppVersion>14.0300</AppVersion></Properties>"#;

/// The base, without a variation.
pub fn base() -> Package {
    let parts = [
        (CONTENT_TYPES, TYPES),
        ("_rels/.rels", ROOT),
        (WORKBOOK, BOOK),
        (RELATIONSHIPS, BOOK_RELATIONS),
        (COVER, COVER_SHEET),
        (KPIS, KPI_SHEET),
        (LOG, LOG_SHEET),
        (STYLES, LOOKS),
        (STRINGS, TEXTS),
        ("docProps/core.xml", CORE),
        ("docProps/app.xml", APP),
    ];
    let declared =
        |(name, text): (&str, &str)| (name.to_string(), format!("{DECLARATION}{text}").into_bytes());
    Package { parts: parts.map(declared).to_vec() }
}
