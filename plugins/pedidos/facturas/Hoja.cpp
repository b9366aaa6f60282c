#include "Hoja.h"

#include "model/Fecha.h"
#include "text/WinAnsi.h"

#include <algorithm>
#include <stdexcept>

namespace pedidos
{

namespace
{

/// Where the next character of UTF-8 begins.
std::size_t nextAt(std::string_view text, std::size_t at) noexcept
{
    do ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
    return at;
}

} // namespace

Hoja::Hoja(const std::string& fuente) : _document(HPDF_New(nullptr, nullptr), &HPDF_Free)
{
    auto* doc = _document.get();
    if (doc == nullptr) throw std::runtime_error("libharu makes no document");
    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    if (!fuente.empty())
    {
        HPDF_UseUTFEncodings(doc);
        const auto* name = HPDF_LoadTTFontFromFile(doc, fuente.c_str(), HPDF_TRUE);
        if (name != nullptr) _normal = _bold = HPDF_GetFont(doc, name, "UTF-8");
        _isUtf8 = _normal != nullptr;
        if (!_isUtf8) HPDF_ResetError(doc);
    }
    if (!_isUtf8)
    {
        _normal = HPDF_GetFont(doc, "Helvetica", "WinAnsiEncoding");
        _bold = HPDF_GetFont(doc, "Helvetica-Bold", "WinAnsiEncoding");
    }
    _font = _normal;
    newPage();
}

void Hoja::newPage()
{
    auto* page = _pages.emplace_back(HPDF_AddPage(_document.get()));
    HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    HPDF_Page_SetLineWidth(page, 0.5f);
    HPDF_Page_SetFontAndSize(page, _font, _size);
    _y = kTop;
}

void Hoja::font(Letra letra, float size)
{
    _font = letra == Letra::Negrita ? _bold : _normal;
    _size = size;
    HPDF_Page_SetFontAndSize(_pages.back(), _font, _size);
}

std::string Hoja::encoded(std::string_view text) const { return _isUtf8 ? std::string(text) : winAnsiOrMark(text); }

float Hoja::widthOf(std::string_view text) const { return HPDF_Page_TextWidth(_pages.back(), encoded(text).c_str()); }

void Hoja::left(float x, std::string_view text)
{
    auto* page = _pages.back();
    HPDF_Page_BeginText(page);
    HPDF_Page_TextOut(page, x, _y, encoded(text).c_str());
    HPDF_Page_EndText(page);
}

void Hoja::right(float x, std::string_view text) { left(x - widthOf(text), text); }

std::vector<std::string> Hoja::wrapped(std::string_view text, float width) const
{
    std::vector<std::string> out;
    while (!text.empty())
    {
        std::size_t end = 0;
        std::size_t blank = 0; // the last one that fits
        while (end < text.size())
        {
            const auto next = nextAt(text, end);
            if (end > 0 && widthOf(text.substr(0, next)) > width) break;
            if (text[end] == ' ') blank = end;
            end = next;
        }
        const auto cut = end < text.size() && blank > 0 ? blank : end;
        out.emplace_back(text.substr(0, cut));
        text.remove_prefix(cut);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    return out;
}

void Hoja::rule()
{
    auto* page = _pages.back();
    HPDF_Page_MoveTo(page, kLeft, _y);
    HPDF_Page_LineTo(page, kRight, _y);
    HPDF_Page_Stroke(page);
}

std::string Hoja::bytes(std::string_view titulo, std::string_view pie, std::int64_t timeUs)
{
    const auto pages = _pages;
    for (std::size_t i = 0; i < pages.size(); ++i)
    {
        _pages.assign(1, pages[i]);
        font(Letra::Normal, 8);
        _y = kBottom - 25;
        left(kLeft, pie);
        right(kRight, "Página " + std::to_string(i + 1) + " de " + std::to_string(pages.size()));
    }
    auto* doc = _document.get();
    const auto day = fechaDe(timeUs);
    HPDF_SetInfoDateAttr(doc, HPDF_INFO_CREATION_DATE, {day.anio, day.mes, day.dia, 0, 0, 0, ' ', 0, 0});
    HPDF_SetInfoAttr(doc, HPDF_INFO_TITLE, winAnsiOrMark(titulo).c_str());
    HPDF_SaveToStream(doc);
    if (HPDF_GetError(doc) != HPDF_OK)
        throw std::runtime_error("libharu cannot write the document: " + std::to_string(HPDF_GetError(doc)));
    std::string out(HPDF_GetStreamSize(doc), '\0');
    auto size = static_cast<HPDF_UINT32>(out.size());
    HPDF_ReadFromStream(doc, reinterpret_cast<HPDF_BYTE*>(out.data()), &size);
    if (size != out.size()) throw std::runtime_error("libharu hands out half a document");
    return out;
}

} // namespace pedidos
