#include "SmtpSender.h"

#include "core/net/ClientTls.h"
#include "core/net/HttpFault.h"
#include "core/net/ServerConnection.h"

#include <Poco/Base64Encoder.h>
#include <Poco/Environment.h>
#include <Poco/Exception.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <sstream>

namespace zoco::host
{

namespace
{

using Poco::Net::SecureStreamSocket;

/// What the server said is no success.
struct SmtpFault
{
    const char* step;
    int status;
    std::string response;
    bool isOfTheMail; ///< else of the server, or of how we are known there
};

/// A status such as "RCPT: 550 5.1.1"; the server's own words may name people.
std::string describe(const SmtpFault& fault)
{
    std::string out = std::string(fault.step) + ": " + std::to_string(fault.status);
    const auto& text = fault.response;
    const bool isEnhanced = text.size() >= 9 && (text[4] == '4' || text[4] == '5') && text[5] == '.';
    if (isEnhanced) out += " " + text.substr(4, text.find_first_not_of("0123456789.", 4) - 4);
    return out;
}

std::string base64(const std::string& bytes)
{
    std::ostringstream out;
    Poco::Base64Encoder encoder(out);
    encoder.rdbuf()->setLineLength(0);
    encoder << bytes;
    encoder.close();
    return out.str();
}

/// How we introduce ourselves: a whole name, when this machine or the sender has one.
std::string ownName(const MailFrom& from)
{
    const auto node = Poco::Environment::nodeName();
    if (node.find('.') != std::string::npos) return node;
    const auto domain = from.address.substr(from.address.rfind('@') + 1);
    return domain.find('.') != std::string::npos ? domain : "[127.0.0.1]";
}

/// One dialogue. Poco's own steps make of every refusal the same exception, so the commands are given one by one.
class Session final : private Poco::Net::SMTPClientSession
{
public:
    Session(const Poco::Net::StreamSocket& socket, const MailSettings& settings)
        : SMTPClientSession(socket), _settings(settings)
    {
    }

    void begin()
    {
        std::string response;
        const int status = socket().receiveStatusMessage(response);
        if (status / 100 != 2) throw SmtpFault{"greeting", status, response, false};
        const auto& server = *_settings.server;
        hello();
        if (server.tls == SmtpServer::Tls::StartTls) startTls();
        if (!server.user.empty()) logIn();
    }

    void deliver(const OutgoingMail& mail)
    {
        must("MAIL", "MAIL FROM:<" + _settings.from.address + ">", true);
        must("RCPT", "RCPT TO:<" + mail.mail.to + ">", true);
        must("DATA", "DATA", true, 3);
        std::istringstream text(mailText(mail, _settings.from));
        try
        {
            sendMessage(text);
        }
        catch (const Poco::Net::SMTPException& e)
        {
            throw SmtpFault{"content", e.code(), e.message().substr(e.message().find(": ") + 2), true};
        }
    }

    /// It is sent by now, whatever the server says.
    void end() noexcept
    {
        try
        {
            std::string response;
            (void)sendCommand("QUIT", response);
        }
        catch (...)
        {
        }
    }

private:
    void must(const char* step, const std::string& command, bool isOfTheMail, int wanted = 2)
    {
        std::string response;
        const int status = sendCommand(command, response);
        if (status / 100 != wanted) throw SmtpFault{step, status, response, isOfTheMail};
    }
    void hello()
    {
        const int status = sendCommand("EHLO", ownName(_settings.from), _extensions);
        if (status / 100 != 2) throw SmtpFault{"EHLO", status, _extensions, false};
    }
    void startTls()
    {
        must("STARTTLS", "STARTTLS", false);
        socket() = SecureStreamSocket::attach(socket(), _settings.server->host, clientTls(_settings.caFile));
        hello(); // what was said without TLS does not count (RFC 3207)
    }
    void logIn()
    {
        const auto& user = _settings.server->user;
        if (_extensions.find("PLAIN") != std::string::npos)
            return must("AUTH", "AUTH PLAIN " + base64('\0' + user + '\0' + _settings.password), false);
        must("AUTH", "AUTH LOGIN", false, 3);
        must("AUTH", base64(user), false, 3);
        must("AUTH", base64(_settings.password), false);
    }

    const MailSettings& _settings;
    std::string _extensions;
};

MailOutcome outcomeOf(const SmtpFault& fault)
{
    using Kind = MailOutcome::Kind;
    // 530, 534, 535 and 538 say that we are not let in: nothing that the mail could help.
    const bool isOurs = !fault.isOfTheMail || fault.status == 530 || (fault.status >= 534 && fault.status <= 538);
    if (isOurs || fault.status == 421) return {Kind::Away, describe(fault)};
    return {fault.status / 100 == 5 ? Kind::Refused : Kind::Later, describe(fault)};
}

} // namespace

SmtpSender::SmtpSender(TimerQueue& timers, MailSettings settings) : _timers(timers), _settings(std::move(settings)) {}

SmtpSender::~SmtpSender() = default;

MailOutcome SmtpSender::send(const OutgoingMail& mail)
{
    const auto& server = *_settings.server;
    Deadline deadline(_timers, steadyNs() + _settings.timeoutMs * 1'000'000);
    try
    {
        auto socket = connectTo(server.host, server.port, deadline);
        GuardedSocket guarded(deadline, socket);
        const auto time = Poco::Timespan(_settings.timeoutMs * 1000);
        socket.setReceiveTimeout(time);
        socket.setSendTimeout(time);
        if (server.tls == SmtpServer::Tls::FromTheStart)
            socket = SecureStreamSocket::attach(socket, server.host, clientTls(_settings.caFile));
        Session session(socket, _settings);
        session.begin();
        session.deliver(mail);
        session.end();
        return {};
    }
    catch (const SmtpFault& fault)
    {
        return outcomeOf(fault);
    }
    catch (const HttpFault& fault)
    {
        return {MailOutcome::Kind::Away, fault.what()};
    }
    catch (const Poco::Exception& e)
    {
        return {MailOutcome::Kind::Away, e.displayText()};
    }
}

} // namespace zoco::host
