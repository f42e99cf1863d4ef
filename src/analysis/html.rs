//! HTML as text: the few elements that tables and charts are made of. Whatever comes from elsewhere is escaped.

/// Text as HTML says it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What a cell of a table holds, as HTML.
#[derive(Clone)]
pub struct Cell(String);

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self(escaped(&text))
    }
}

impl Cell {
    /// Text beside a mark in the colour that this class has.
    pub fn marked(class: &str, text: &str) -> Self {
        Self(format!("<i class=\"mark {class}\"></i>{}", escaped(text)))
    }
}

/// A table in a box that scrolls sideways where the page is narrow. The first cell of a row names it.
pub fn table(id: &str, caption: &str, columns: &[impl AsRef<str>], rows: &[Vec<impl Into<Cell> + Clone>]) -> String {
    let head: String =
        columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escaped(column.as_ref()))).collect();
    let cell = |(at, cell): (usize, Cell)| match at {
        0 => format!("<th scope=\"row\">{}</th>", cell.0),
        _ => format!("<td>{}</td>", cell.0),
    };
    let row = |cells: &Vec<_>| {
        let cells: String = cells.iter().cloned().map(Into::into).enumerate().map(cell).collect();
        format!("<tr>{cells}</tr>")
    };
    let (body, caption): (String, _) = (rows.iter().map(row).collect(), escaped(caption));
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table id=\"{id}\">\
         <caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
}
