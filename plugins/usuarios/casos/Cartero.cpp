#include "Cartero.h"

#include "Resources.h"

#include <stdexcept>

namespace usuarios
{

namespace
{

void replaceAll(std::string& text, const std::string& word, std::string_view value)
{
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
}

} // namespace

std::pair<std::string, std::string> Cartero::written(std::string_view name, std::string_view language,
                                                     Values values) const
{
    const auto file = std::string(name) + '.' + std::string(language) + ".txt";
    const auto found = resourceFile(file);
    if (!found) throw std::logic_error("there is no mail " + file);
    std::string text(*found);
    replaceAll(text, "{tienda}", _shop);
    for (const auto& [word, value] : values) replaceAll(text, '{' + std::string(word) + '}', value);
    const auto end = text.find('\n');
    return {text.substr(0, end), text.substr(end + 1)};
}

void Cartero::add(zoco::Group& group, std::string_view name, std::string_view language, std::string_view to,
                  Values values) const
{
    const auto [subject, text] = written(name, language, values);
    zoco::Mail mail;
    mail.to = to;
    mail.subject = subject;
    mail.text = text;
    mail.language = language;
    _outbox.add(group, mail);
}

} // namespace usuarios
