#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace zoco::host
{

/// The mails that wait to be sent, as files in a folder that only its owner may read; their content stays sealed. What
/// is added is on the disk. One caller at a time.
class MailSpool
{
public:
    /// What is known of a mail without opening it. A value.
    struct Entry
    {
        std::string publisher;   ///< the plugin
        std::int64_t timeUs = 0; ///< when it was written
        std::uint32_t tries = 0; ///< that failed
        std::int64_t dueUs = 0;  ///< when to try next
        bool isAside = false;    ///< it is not tried any more
        std::string reason{};    ///< of the last failure
    };

    /// Makes the folder, and finds what an earlier run left. Throws std::system_error.
    explicit MailSpool(std::string folder);

    /// False when it is there already, or was sent in the last days. Throws std::system_error.
    bool add(const std::string& id, const Entry& entry, std::string_view sealed);
    /// The content of one that is there. Throws std::system_error.
    std::string sealed(const std::string& id) const;
    /// Keeps its content as sealed anew. Throws std::system_error.
    void replace(const std::string& id, std::string_view sealed);
    /// Keeps what is known of it now. Throws std::system_error.
    void update(const std::string& id, const Entry& entry);
    /// It was sent: a repetition within the next days is recognised. Throws std::system_error.
    void sent(const std::string& id, std::int64_t nowUs);
    void discard(const std::string& id);

    const std::map<std::string, Entry>& entries() const noexcept { return _entries; }
    /// Whether a text may name a mail: 32 hexadecimal characters.
    static bool isId(std::string_view text);

private:
    std::string path(const std::string& id) const { return _folder + "/" + id + ".mail"; }
    std::string donePath(const std::string& id) const { return _folder + "/" + id + ".sent"; }
    void write(const std::string& id, const Entry& entry, std::string_view sealed);
    void forgetOld(std::int64_t nowUs);

    const std::string _folder;
    std::map<std::string, Entry> _entries;
    std::map<std::string, std::int64_t> _done; ///< when
};

} // namespace zoco::host
