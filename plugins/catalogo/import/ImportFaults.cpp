#include "ImportFaults.h"

namespace catalogo
{

void ImportFaults::add(std::string_view file, Position at, std::string_view what)
{
    keep(std::string(file) + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": " +
         std::string(what));
}

void ImportFaults::add(std::string_view file, std::string_view what)
{
    keep(std::string(file) + ": " + std::string(what));
}

void ImportFaults::keep(std::string text)
{
    ++_count;
    if (_kept.size() < kMaxKept) _kept.push_back(std::move(text));
}

std::vector<std::string> ImportFaults::lines() const
{
    auto out = _kept;
    if (_count > _kept.size()) out.push_back("and " + std::to_string(_count - _kept.size()) + " more");
    return out;
}

} // namespace catalogo
