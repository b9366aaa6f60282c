// The comparison: what the same endpoint costs on Poco::Net::HTTPServer, used as well as it can be: kept connections, a
// thread for each, one sendBuffer per answer, a request id and a log line made by appending to a string.
//   bench_poco_peer PORT_FILE LOG_FILE HEADERS_FILE BODY
// HEADERS_FILE has "Name: value" lines, sent with every answer. SIGTERM ends it.

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace
{

constexpr int kThreads = 64;

/// Gathers lines and writes them when 64 KiB are there, or a second after the first.
class BufferedLog
{
public:
    explicit BufferedLog(const std::string& path) : _file(path, std::ios::app) { _waiting.reserve(2 * kBatch); }
    ~BufferedLog() { write(); }

    void append(std::string_view line)
    {
        const std::lock_guard lock(_mutex);
        const auto now = std::chrono::steady_clock::now();
        if (_waiting.empty()) _since = now;
        _waiting += line;
        if (_waiting.size() >= kBatch || now - _since > std::chrono::seconds(1)) write();
    }

private:
    static constexpr std::size_t kBatch = 64 * 1024;

    void write()
    {
        _file.write(_waiting.data(), static_cast<std::streamsize>(_waiting.size())).flush();
        _waiting.clear();
    }

    std::mutex _mutex;
    std::ofstream _file;
    std::string _waiting;
    std::chrono::steady_clock::time_point _since;
};

struct Answer
{
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

void appendNumber(std::string& out, long long number)
{
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

/// RFC 3339 with microseconds; the text up to the second is kept per thread.
void appendTime(std::string& out)
{
    static thread_local std::time_t second = -1;
    static thread_local char text[24];
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    if (second != now.tv_sec)
    {
        std::tm tm{};
        ::gmtime_r(&now.tv_sec, &tm);
        std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
        second = now.tv_sec;
    }
    char fraction[9] = ".000000Z";
    auto micros = now.tv_nsec / 1000;
    for (int i = 6; i > 0; --i, micros /= 10) fraction[i] = static_cast<char>('0' + micros % 10);
    out.append(text).append(fraction);
}

std::string requestId()
{
    static thread_local std::mt19937_64 random(std::random_device{}());
    static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string out(20, '0');
    auto bits = random();
    for (std::size_t i = 0; i < out.size(); ++i, bits >>= 5)
    {
        if (i == 12) bits = random();
        out[i] = kDigits[bits & 31];
    }
    return out;
}

class Handler final : public Poco::Net::HTTPRequestHandler
{
public:
    Handler(const Answer& answer, BufferedLog& log) : _answer(answer), _log(log) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override
    {
        const auto begin = std::chrono::steady_clock::now();
        const auto id = requestId();
        for (const auto& [name, value] : _answer.headers) response.set(name, value);
        response.set("X-Request-Id", id);
        response.sendBuffer(_answer.body.data(), _answer.body.size());
        log(request, id, std::chrono::steady_clock::now() - begin);
    }

private:
    void log(Poco::Net::HTTPServerRequest& request, const std::string& id, std::chrono::nanoseconds took)
    {
        static thread_local std::string line;
        line = "{\"time\":\"";
        appendTime(line);
        line.append("\",\"request_id\":\"").append(id);
        line.append("\",\"client\":\"").append(request.clientAddress().host().toString());
        line.append("\",\"method\":\"").append(request.getMethod());
        line.append("\",\"path\":\"").append(request.getURI());
        line += "\",\"status\":200,\"bytes\":";
        appendNumber(line, static_cast<long long>(_answer.body.size()));
        line += ",\"us\":";
        appendNumber(line, took.count() / 1000);
        line += ",\"plugin\":\"hola\",\"placement\":\"inproc\",\"generation\":1,\"route\":\"/Hola/{nombre}\"}\n";
        _log.append(line);
    }

    const Answer& _answer;
    BufferedLog& _log;
};

class Factory final : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    Factory(const Answer& answer, BufferedLog& log) : _answer(answer), _log(log) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override
    {
        return new Handler(_answer, _log);
    }

private:
    const Answer& _answer;
    BufferedLog& _log;
};

Answer readAnswer(const std::string& headersFile, std::string body)
{
    Answer out{{}, std::move(body)};
    std::ifstream file(headersFile);
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find(": "); colon != std::string::npos)
            out.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    return out;
}

void announce(const std::string& path, unsigned port)
{
    std::ofstream(path + ".tmp") << "http://127.0.0.1:" << port << '\n';
    std::rename((path + ".tmp").c_str(), path.c_str());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5)
    {
        std::cerr << "usage: bench_poco_peer PORT_FILE LOG_FILE HEADERS_FILE BODY\n";
        return 2;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    const auto answer = readAnswer(argv[3], argv[4]);
    BufferedLog log(argv[2]);
    Poco::ThreadPool threads(kThreads, kThreads);
    const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0), 1024);
    Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
    params->setKeepAlive(true);
    params->setMaxThreads(kThreads);
    Poco::Net::HTTPServer server(new Factory(answer, log), threads, socket, params);
    server.start();
    announce(argv[1], socket.address().port());

    int signal = 0;
    sigwait(&ends, &signal);
    server.stopAll(true);
    threads.joinAll();
    return 0;
}
