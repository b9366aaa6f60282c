#pragma once

#include "Embedded.h"
#include "Mail.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco
{

/// What stands in a mail's text for {word}. A value.
struct MailValue
{
    MailValue(std::string_view w, std::string_view v) : word(w), value(v) {}

    std::string word;
    std::string value;
};

/// A text of somebody else's, such as a name, as one line of a mail: control characters, ends of lines and what turns
/// the direction of reading become blanks.
inline std::string oneLine(std::string_view text)
{
    constexpr std::string_view kHidden[] = {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAA", "\xE2\x80\xAB",
                                            "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6",
                                            "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"};
    const auto sizeOfHidden = [&](std::string_view rest) -> std::size_t
    {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
        if (byte(0) < 0x20 || byte(0) == 0x7f) return 1;
        if (byte(0) == 0xC2 && rest.size() > 1 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;
        for (const auto hidden : kHidden)
            if (rest.starts_with(hidden)) return hidden.size();
        return 0;
    };
    std::string out;
    while (!text.empty())
    {
        const auto hidden = sizeOfHidden(text);
        out += hidden > 0 ? ' ' : text.front();
        text.remove_prefix(std::max<std::size_t>(hidden, 1));
    }
    return out;
}

/// Mails whose texts are files that the plugin carries, <name>.<language>.txt: the first line is the subject, the rest
/// the text, and {word} stands for a value. A line that is a {word} alone whose value is empty is left out, with an
/// empty line behind it. Values are put in as they are: what looks like a {word} in one stays so, and a mail of plain
/// text knows no markup; of control characters only ends of lines stay, and not in the subject. [any-thread]
class MailTexts
{
public:
    /// Finds a file by its name.
    using Find = std::function<std::optional<std::string_view>(std::string_view)>;

    /// `outbox` outlives it. `always`: values that all texts may have, such as the shop's name.
    explicit MailTexts(const MailOutbox& outbox, std::vector<MailValue> always = {}, Find find = &embeddedFile)
        : _outbox(outbox), _always(std::move(always)), _find(std::move(find))
    {
    }

    /// Adds the mail to the group of what it tells of. Throws as `written` and MailOutbox::add do.
    void add(Group& group, std::string_view name, std::string_view language, std::string_view to,
             std::span<const MailValue> values) const
    {
        auto mail = written(name, language, values);
        mail.to = to;
        _outbox.add(group, mail);
    }
    void add(Group& group, std::string_view name, std::string_view language, std::string_view to,
             std::initializer_list<MailValue> values) const
    {
        add(group, name, language, to, std::span(values.begin(), values.size()));
    }

    /// The mail, to nobody yet. Throws std::logic_error when there is no such file, or a {word} in it has no value.
    Mail written(std::string_view name, std::string_view language, std::span<const MailValue> values) const
    {
        const auto file = std::string(name) + '.' + std::string(language) + ".txt";
        const auto found = _find(file);
        if (!found) throw std::logic_error("there is no mail " + file);
        Mail out;
        out.language = language;
        auto rest = *found;
        out.subject = oneLine(filled(taken(rest), file, values));
        while (!rest.empty())
        {
            const auto line = taken(rest);
            auto text = filled(line, file, values);
            const bool isLeftOut = text.empty() && !line.empty();
            if (!isLeftOut) out.text += text + '\n';
            if (isLeftOut && rest.starts_with('\n')) rest.remove_prefix(1);
        }
        return out;
    }
    Mail written(std::string_view name, std::string_view language, std::initializer_list<MailValue> values) const
    {
        return written(name, language, std::span(values.begin(), values.size()));
    }

private:
    /// The next line, taken off.
    static std::string_view taken(std::string_view& text)
    {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        return line;
    }

    std::string filled(std::string_view line, const std::string& file, std::span<const MailValue> values) const
    {
        std::string out;
        for (;;)
        {
            const auto open = line.find('{');
            out += line.substr(0, open);
            if (open == std::string_view::npos) return out;
            const auto close = line.find('}', open);
            const auto word = line.substr(open + 1, close - open - 1);
            const auto* value = valueOf(word, values);
            if (close == std::string_view::npos || value == nullptr)
                throw std::logic_error("the mail " + file + " has no value for {" + std::string(word) + '}');
            for (const char c : *value) out += isControl(c) ? ' ' : c;
            line.remove_prefix(close + 1);
        }
    }

    const std::string* valueOf(std::string_view word, std::span<const MailValue> values) const
    {
        const auto isIt = [&](const MailValue& v) { return v.word == word; };
        if (const auto at = std::find_if(values.begin(), values.end(), isIt); at != values.end()) return &at->value;
        const auto at = std::find_if(_always.begin(), _always.end(), isIt);
        return at == _always.end() ? nullptr : &at->value;
    }

    static bool isControl(char c) { return c != '\n' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f); }

    const MailOutbox& _outbox;
    std::vector<MailValue> _always;
    Find _find;
};

} // namespace zoco
