#include "core/AsyncFile.h"
#include "support/Eventually.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <system_error>
#include <thread>
#include <vector>

namespace zoco::host::test
{

class AsyncFileTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AsyncFileTest);
    CPPUNIT_TEST(testWrittenAfterFlush);
    CPPUNIT_TEST(testWrittenByItself);
    CPPUNIT_TEST(testWrittenAtTheEnd);
    CPPUNIT_TEST(testAppends);
    CPPUNIT_TEST(testReopenAfterRotation);
    CPPUNIT_TEST(testReopenWhileWriting);
    CPPUNIT_TEST(testDroppedLinesAreCounted);
    CPPUNIT_TEST(testManyThreads);
    CPPUNIT_TEST(testUnopenablePathThrows);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;

    static std::size_t lines(const std::string& text)
    {
        return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }

public:
    void testWrittenAfterFlush()
    {
        AsyncFile file(_folder.path("f"));
        file.append("a\n");
        file.append("b\n");
        file.flush();
        CPPUNIT_ASSERT_EQUAL(std::string("a\nb\n"), _folder.read("f"));
        file.flush();
        CPPUNIT_ASSERT_EQUAL(std::string("a\nb\n"), _folder.read("f"));
    }

    void testWrittenByItself()
    {
        AsyncFile file(_folder.path("f"));
        for (const std::string text : {"a\n", "a\nb\n"})
        {
            file.append(text.substr(text.size() - 2));
            CPPUNIT_ASSERT(zoco::test::eventually([&] { return _folder.read("f") == text; }));
        }
    }

    void testWrittenAtTheEnd()
    {
        const std::string large(200'000, 'x');
        {
            AsyncFile file(_folder.path("f"));
            file.append(large + "\n");
            file.append("end\n");
        }
        CPPUNIT_ASSERT_EQUAL(large + "\nend\n", _folder.read("f"));
    }

    void testAppends()
    {
        _folder.write("f", "before\n");
        AsyncFile(_folder.path("f")).append("after\n");
        CPPUNIT_ASSERT_EQUAL(std::string("before\nafter\n"), _folder.read("f"));
    }

    void testReopenAfterRotation()
    {
        AsyncFile file(_folder.path("f"));
        file.append("old\n");
        CPPUNIT_ASSERT_EQUAL(0, std::rename(_folder.path("f").c_str(), _folder.path("f.1").c_str()));
        file.reopen();
        file.append("new\n");
        file.flush();
        CPPUNIT_ASSERT_EQUAL(std::string("old\n"), _folder.read("f.1"));
        CPPUNIT_ASSERT_EQUAL(std::string("new\n"), _folder.read("f"));
    }

    /// The thread that writes must never use a descriptor that the other one has closed.
    void testReopenWhileWriting()
    {
        constexpr int kLines = 300;
        const auto line = std::string(20'000, 'x') + "\n";
        {
            AsyncFile file(_folder.path("f"));
            std::atomic<bool> isDone{false};
            std::thread writer(
                [&]
                {
                    for (int i = 0; i < kLines; ++i)
                    {
                        file.append(line);
                        file.flush(); // so that the writing thread is always busy
                    }
                    isDone = true;
                });
            while (!isDone) file.reopen();
            writer.join();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t(kLines), lines(_folder.read("f")));
    }

    /// A pipe that nobody reads stands for a disk that is too slow.
    void testDroppedLinesAreCounted()
    {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(_folder.path("pipe").c_str(), 0600));
        const int reader = ::open(_folder.path("pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        CPPUNIT_ASSERT(reader >= 0);
        std::string text;
        std::thread drainer;
        {
            AsyncFile file(_folder.path("pipe"));
            const std::string line(999, 'x');
            const int appended = 20'000;
            for (int i = 0; i < appended; ++i) file.append(line + "\n");
            std::thread drain(
                [&]
                {
                    char buffer[65536];
                    for (;;)
                    {
                        const auto n = ::read(reader, buffer, sizeof buffer);
                        if (n == 0) return;
                        if (n > 0)
                            text.append(buffer, static_cast<std::size_t>(n));
                        else
                            std::this_thread::yield();
                    }
                });
            file.flush();
            file.append("last\n");
            drainer = std::move(drain);
        } // closes the pipe, which ends the drainer
        drainer.join();
        ::close(reader);
        const auto at = text.find("\"lines dropped\",\"count\":");
        CPPUNIT_ASSERT(at != std::string::npos);
        const auto dropped = std::stoul(text.substr(at + 24));
        CPPUNIT_ASSERT_EQUAL(std::size_t(20'000) + 2, lines(text) + dropped); // with "last" and the count's own line
    }

    void testManyThreads()
    {
        AsyncFile file(_folder.path("f"));
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back(
                [&, t]
                {
                    for (int i = 0; i < 1000; ++i) file.append(std::string(10 + t, static_cast<char>('a' + t)) + "\n");
                    file.flush();
                });
        for (auto& thread : threads) thread.join();
        const auto text = _folder.read("f");
        CPPUNIT_ASSERT_EQUAL(std::size_t(4000), lines(text));
        CPPUNIT_ASSERT_EQUAL(std::size_t(4000 + 4 * 10'000 + 6'000), text.size());
    }

    void testUnopenablePathThrows()
    {
        CPPUNIT_ASSERT_THROW(AsyncFile(_folder.path("no/such/folder/f")), std::system_error);
        AsyncFile file(_folder.path("f"));
        CPPUNIT_ASSERT_EQUAL(0, ::unlink(_folder.path("f").c_str()));
        _folder.write("f/x", "");
        CPPUNIT_ASSERT_THROW(file.reopen(), std::system_error);
        file.append("still there\n"); // to the file it has
        file.flush();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AsyncFileTest);

} // namespace zoco::host::test
