#pragma once

#include "zoco/Mail.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace usuarios
{

/// Writes the mails of this plugin: texts are the files correos/<name>.<language>.txt, whose first line is the subject
/// and in which {word} stands for a value. [any-thread]
class Cartero
{
public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// `outbox` outlives it. `shop`: its name, {tienda}.
    Cartero(const zoco::MailOutbox& outbox, std::string shop) : _outbox(outbox), _shop(std::move(shop)) {}

    /// Adds the mail to the group of what it tells of.
    void add(zoco::Group& group, std::string_view name, std::string_view language, std::string_view to,
             Values values) const;

    /// Subject and text; throws std::logic_error when there is no such file.
    std::pair<std::string, std::string> written(std::string_view name, std::string_view language, Values values) const;

private:
    const zoco::MailOutbox& _outbox;
    std::string _shop;
};

} // namespace usuarios
