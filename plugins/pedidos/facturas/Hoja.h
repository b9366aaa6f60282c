#pragma once

#include <hpdf.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Pages of A4 on which one writes from top to bottom (libharu). Units are points of 1/72 inch; texts are UTF-8. What
/// goes wrong shows in `bytes`. One thread.
class Hoja
{
public:
    static constexpr float kLeft = 50;
    static constexpr float kRight = 545;

    /// `fuente`: the file of a TrueType font for all texts; empty: Helvetica, which knows western European letters.
    explicit Hoja(const std::string& fuente);
    Hoja(const Hoja&) = delete;
    Hoja& operator=(const Hoja&) = delete;

    /// From where on one writes.
    float y() const noexcept { return _y; }
    void down(float points) noexcept { _y -= points; }
    void jumpTo(float y) noexcept { _y = y; }
    /// Whether so much room is left; where there is not, the caller begins a page.
    bool hasRoom(float points) const noexcept { return _y - points > kBottom; }
    void newPage();

    enum class Letra
    {
        Normal = 1,
        Negrita
    };
    void font(Letra letra, float size);
    void left(float x, std::string_view text);
    void right(float x, std::string_view text);
    /// Lines of at most `width`, broken between words, and within those that are longer.
    std::vector<std::string> wrapped(std::string_view text, float width) const;
    /// Across the page.
    void rule();

    /// The document with a line at the foot of each page: `pie` and the page's number. `timeUs` is when it says it was
    /// made. Throws std::runtime_error.
    std::string bytes(std::string_view titulo, std::string_view pie, std::int64_t timeUs);

private:
    static constexpr float kTop = 790;
    static constexpr float kBottom = 70;

    std::string encoded(std::string_view text) const;
    float widthOf(std::string_view text) const;

    std::unique_ptr<_HPDF_Doc_Rec, decltype(&HPDF_Free)> _document;
    HPDF_Font _normal = nullptr;
    HPDF_Font _bold = nullptr;
    bool _isUtf8 = false;
    std::vector<HPDF_Page> _pages;
    HPDF_Font _font = nullptr;
    float _size = 10;
    float _y = kTop;
};

} // namespace pedidos
