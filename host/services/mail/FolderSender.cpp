#include "FolderSender.h"

#include "DurableFile.h"

#include <ctime>
#include <filesystem>
#include <system_error>

namespace zoco::host
{

MailOutcome FolderSender::send(const OutgoingMail& mail)
{
    try
    {
        std::filesystem::create_directories(_folder);
        std::filesystem::permissions(_folder, std::filesystem::perms::owner_all);
        const std::time_t seconds = mail.timeUs / 1'000'000;
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        char stamp[32];
        std::strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &parts);
        replaceDurably(_folder + "/" + stamp + "-" + mail.id + ".eml", mailText(mail, _from));
        return {};
    }
    catch (const std::system_error& e)
    {
        return {MailOutcome::Kind::Away, e.code().message()};
    }
}

} // namespace zoco::host
