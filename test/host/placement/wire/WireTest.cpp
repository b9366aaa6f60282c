#include "placement/process/CallMessages.h"
#include "placement/wire/Packer.h"
#include "placement/wire/Peer.h"
#include "placement/wire/Unpacker.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/socket.h>

#include <array>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host::test
{

/// Frames: what is packed comes out again, and nothing else does harm.
class WireTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(WireTest);
    CPPUNIT_TEST(testIntegersOfEverySize);
    CPPUNIT_TEST(testValuesOfEveryKind);
    CPPUNIT_TEST(testTextsOfEverySize);
    CPPUNIT_TEST(testAPayloadCutAnywhereIsMalformed);
    CPPUNIT_TEST(testEveryFirstByteIsAValueOrMalformed);
    CPPUNIT_TEST(testAListLongerThanItsFrameIsMalformed);
    CPPUNIT_TEST(testListsNestedTooDeepAreMalformed);
    CPPUNIT_TEST(testRequestsCross);
    CPPUNIT_TEST(testFramesSplitAtEveryByteArrive);
    CPPUNIT_TEST(testAFrameThatIsTooLongEndsTheConnection);
    CPPUNIT_TEST(testSendingNeverWaits);
    CPPUNIT_TEST(testAPeerThatIsGoneIsNotOneThatReadsTooSlowly);
    CPPUNIT_TEST(testAnOpenQuestionEndsWithItsConnection);
    CPPUNIT_TEST(testALateAnswerIsDropped);
    CPPUNIT_TEST_SUITE_END();

    static std::string payloadOf(std::string frame) { return frame.substr(Packer::kLengthBytes); }

    static std::array<UniqueFd, 2> sockets()
    {
        int ends[2];
        CPPUNIT_ASSERT_EQUAL(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
        return {UniqueFd(ends[0]), UniqueFd(ends[1])};
    }

    /// One of everything.
    static std::string everything()
    {
        const std::array<zoco_value, 2> elements{{{ZOCO_BOOL, 0, {1}}, {ZOCO_NULL, 0, {0}}}};
        zoco_value list{ZOCO_LIST, 2, {0}};
        list.as.list = elements.data();
        zoco_value reference{ZOCO_REF, 3, {0}};
        reference.as.b = {"id", 2};
        Packer out(7, 1'000'000);
        out.integer(-5).number(70'000).boolean(true).real(1.5).text("hola").bytes({"\0\1", 2}).time(-1).value(list);
        return payloadOf(out.value(reference).finish());
    }

    static void readEverything(std::string_view payload)
    {
        Unpacker in(payload);
        ValueLists lists;
        CPPUNIT_ASSERT_EQUAL(std::int64_t(-5), in.integer());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(70'000), in.number());
        CPPUNIT_ASSERT(in.boolean());
        CPPUNIT_ASSERT_EQUAL(1.5, in.real());
        CPPUNIT_ASSERT_EQUAL(std::string("hola"), in.string());
        CPPUNIT_ASSERT_EQUAL(std::string("\0\1", 2), std::string(in.bytes()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(-1), in.value(lists).as.i);
        const auto list = in.value(lists);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(2), list.aux);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_BOOL), list.as.list[0].kind);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_NULL), list.as.list[1].kind);
        const auto reference = in.value(lists);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_REF), reference.kind);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(3), reference.aux);
        CPPUNIT_ASSERT_EQUAL(std::string_view("id"), view(reference.as.b));
        CPPUNIT_ASSERT(in.isAtEnd());
    }

public:
    void testIntegersOfEverySize()
    {
        for (int shift = 0; shift < 64; ++shift)
            for (const std::int64_t near : {-1, 0, 1})
            {
                const auto i =
                    static_cast<std::int64_t>((std::uint64_t(1) << shift) + static_cast<std::uint64_t>(near));
                for (const auto value : {i, static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(i))})
                {
                    const auto payload = payloadOf(Packer(1, 2).integer(value).finish());
                    CPPUNIT_ASSERT_EQUAL(value, Unpacker(payload).integer());
                }
                const auto unsignedOne = static_cast<std::uint64_t>(i);
                const auto payload = payloadOf(Packer(1, unsignedOne).finish());
                CPPUNIT_ASSERT_EQUAL(unsignedOne, Unpacker(payload).id());
            }
    }

    void testValuesOfEveryKind() { readEverything(everything()); }

    void testTextsOfEverySize()
    {
        for (const std::size_t size : {0u, 1u, 31u, 32u, 255u, 256u, 65'535u, 65'536u})
        {
            const std::string text(size, 'x');
            const auto payload = payloadOf(Packer(1, 1).text(text).bytes(text).finish());
            Unpacker in(payload);
            CPPUNIT_ASSERT_EQUAL(text, in.string());
            CPPUNIT_ASSERT_EQUAL(text, std::string(in.bytes()));
        }
    }

    void testAPayloadCutAnywhereIsMalformed()
    {
        const auto whole = everything();
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            const std::string cut = whole.substr(0, size); // its own memory, so that a sanitizer sees its end
            CPPUNIT_ASSERT_THROW(readEverything(cut), MalformedFrame);
        }
    }

    void testEveryFirstByteIsAValueOrMalformed()
    {
        for (int head = 0; head < 256; ++head)
            for (const char fill : {'\0', '\x01', '\x7f', '\xff'})
            {
                const std::string payload = std::string("\1\1", 2) + static_cast<char>(head) + std::string(12, fill);
                Unpacker in(payload);
                ValueLists lists;
                try
                {
                    const auto value = in.value(lists);
                    CPPUNIT_ASSERT(value.kind >= ZOCO_NULL && value.kind <= ZOCO_REF);
                }
                catch (const MalformedFrame&)
                {
                }
            }
    }

    void testAListLongerThanItsFrameIsMalformed()
    {
        const auto payload = std::string("\1\1\xdd\x7f\xff\xff\xff", 7);
        ValueLists lists;
        CPPUNIT_ASSERT_THROW(Unpacker(payload).value(lists), MalformedFrame);
        CPPUNIT_ASSERT_THROW(Unpacker(payload).list(), MalformedFrame);
    }

    void testListsNestedTooDeepAreMalformed()
    {
        ValueLists lists;
        const auto nested = [](int depth)
        { return "\1\1" + std::string(static_cast<std::size_t>(depth), '\x91') + '\xc0'; };
        const auto good = nested(8);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_LIST), Unpacker(good).value(lists).kind);
        const auto deep = nested(100'000);
        CPPUNIT_ASSERT_THROW(Unpacker(deep).value(lists), MalformedFrame);
    }

    void testRequestsCross()
    {
        const zoco_pair header{{"Accept", 6}, {"*/*", 3}};
        zoco_request request{};
        request.struct_size = sizeof request;
        request.method = {"POST", 4};
        request.path = {"/a%20b", 6};
        request.headers = &header;
        request.header_count = 1;
        request.body = {"\0x", 2};
        request.request_id = {"id", 2};
        const zoco_idempotency known{sizeof known, {"k", 1}, {"POST /a", 7}, {"ana", 3}, {"\0f", 2}};
        WireRequest got;
        got.unpack(payloadOf(WireRequest::pack(8, 4, request)));
        CPPUNIT_ASSERT(got.raw.idempotency == nullptr);
        request.idempotency = &known;
        got.unpack(payloadOf(WireRequest::pack(9, 4, request)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(9), got.id);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(4), got.route);
        CPPUNIT_ASSERT_EQUAL(std::string_view("POST"), view(got.raw.method));
        CPPUNIT_ASSERT_EQUAL(std::string_view("/a%20b"), view(got.raw.path));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(1), got.raw.header_count);
        CPPUNIT_ASSERT_EQUAL(std::string_view("*/*"), view(got.raw.headers[0].value));
        CPPUNIT_ASSERT_EQUAL(std::string_view("\0x", 2), view(got.raw.body));
        CPPUNIT_ASSERT_EQUAL(std::string_view("k"), view(got.raw.idempotency->key));
        CPPUNIT_ASSERT_EQUAL(std::string_view("POST /a"), view(got.raw.idempotency->route));
        CPPUNIT_ASSERT_EQUAL(std::string_view("ana"), view(got.raw.idempotency->subject));
        CPPUNIT_ASSERT_EQUAL(std::string_view("\0f", 2), view(got.raw.idempotency->fingerprint));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), got.raw.deadline_ns);
    }

    void testFramesSplitAtEveryByteArrive()
    {
        const auto frame = Packer(7, 1).text("one").finish() + Packer(8, 2).text(std::string(300, 'x')).finish();
        for (std::size_t at = 1; at < frame.size(); ++at)
        {
            auto [ours, theirs] = sockets();
            FrameChannel channel(std::move(ours));
            std::thread sender(
                [&frame, at, &theirs = theirs]
                {
                    for (const auto part : {std::string_view(frame).substr(0, at), std::string_view(frame).substr(at)})
                        (void)!::send(theirs.get(), part.data(), part.size(), MSG_NOSIGNAL);
                    ::shutdown(theirs.get(), SHUT_RDWR);
                });
            std::string types;
            const auto fault = channel.read([&](std::string_view payload)
                                            { types += std::to_string(Unpacker(payload).type()) + ' '; });
            sender.join();
            CPPUNIT_ASSERT_EQUAL(std::string(), fault);
            CPPUNIT_ASSERT_EQUAL(std::string("7 8 "), types);
        }
    }

    void testAFrameThatIsTooLongEndsTheConnection()
    {
        auto [ours, theirs] = sockets();
        FrameChannel channel(std::move(ours), {1'000, 1'000});
        CPPUNIT_ASSERT_EQUAL(ssize_t(4), ::send(theirs.get(), "\xff\xff\xff\xff", 4, MSG_NOSIGNAL));
        CPPUNIT_ASSERT(!channel.read([](std::string_view) {}).empty());
    }

    void testSendingNeverWaits()
    {
        auto [ours, theirs] = sockets();
        FrameChannel channel(std::move(ours), {64u << 10, 1u << 20});
        const auto frame = Packer(1, 1).bytes(std::string(32'000, 'x')).finish();
        std::size_t sent = 0;
        while (sent < 1'000 && channel.send(frame)) ++sent;
        CPPUNIT_ASSERT(sent > 30 && sent < 1'000); // what the socket and 1 MiB hold
        std::size_t arrived = 0;
        std::thread writer([&] { (void)channel.read([](std::string_view) {}); });
        FrameChannel other(std::move(theirs), {64u << 10, 1u << 20});
        (void)other.read(
            [&](std::string_view)
            {
                if (++arrived == sent) other.close();
            });
        writer.join();
        CPPUNIT_ASSERT_EQUAL(sent, arrived);
    }

    void testAPeerThatIsGoneIsNotOneThatReadsTooSlowly()
    {
        auto [ours, theirs] = sockets();
        FrameChannel channel(std::move(ours), {64u << 10, 1u << 20});
        const auto frame = Packer(1, 1).bytes(std::string(32'000, 'x')).finish();
        while (channel.send(frame))
        {
        }
        CPPUNIT_ASSERT(!channel.isClosed());
        auto [left, right] = sockets();
        FrameChannel abandoned(std::move(left));
        CPPUNIT_ASSERT_EQUAL(0, ::shutdown(right.get(), SHUT_RD)); // it may still send
        CPPUNIT_ASSERT(!abandoned.isClosed());
        CPPUNIT_ASSERT(!abandoned.send(frame));
        CPPUNIT_ASSERT(abandoned.isClosed());
        CPPUNIT_ASSERT_EQUAL(std::string(), abandoned.read([](std::string_view) {})); // and it ends
    }

    void testAnOpenQuestionEndsWithItsConnection()
    {
        auto [ours, theirs] = sockets();
        Peer peer(std::move(ours));
        std::thread reader([&] { (void)peer.serve([](Unpacker&, std::string_view) {}); });
        std::string reply;
        auto asked = Asked::Answered;
        std::thread asker(
            [&] { asked = peer.ask(1, Packer(9, 1).finish(), std::numeric_limits<std::int64_t>::max() / 2, reply); });
        char byte = 0;
        CPPUNIT_ASSERT_EQUAL(ssize_t(1), ::recv(theirs.get(), &byte, 1, 0)); // the question is on its way
        theirs = UniqueFd();
        asker.join();
        reader.join();
        CPPUNIT_ASSERT(asked == Asked::Gone);
        CPPUNIT_ASSERT(peer.ask(2, Packer(9, 2).finish(), 0, reply) == Asked::NotSent);
    }

    void testALateAnswerIsDropped()
    {
        auto [ours, theirs] = sockets();
        Peer peer(std::move(ours));
        std::thread reader([&] { (void)peer.serve([](Unpacker&, std::string_view) {}); });
        std::string reply;
        CPPUNIT_ASSERT(peer.ask(1, Packer(9, 1).finish(), 0, reply) == Asked::Late);
        const auto answer = Packer(kReplyFrame, 1).finish();
        CPPUNIT_ASSERT_EQUAL(ssize_t(answer.size()), ::send(theirs.get(), answer.data(), answer.size(), MSG_NOSIGNAL));
        theirs = UniqueFd();
        reader.join();
        CPPUNIT_ASSERT(reply.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WireTest);

} // namespace zoco::host::test
