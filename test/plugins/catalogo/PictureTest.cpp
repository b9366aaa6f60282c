#include "import/ImportPictures.h"
#include "import/PictureFinder.h"
#include "pictures/PictureCheck.h"
#include "pictures/PictureStore.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>

using namespace catalogo;

class PictureTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PictureTest);
    CPPUNIT_TEST(testKindsByContent);
    CPPUNIT_TEST(testHarmlessSvgIsTaken);
    CPPUNIT_TEST(testDangerousSvgIsRefused);
    CPPUNIT_TEST(testOnlyNamesOfTheStoreAreNames);
    CPPUNIT_TEST(testStoringTwiceIsOnePicture);
    CPPUNIT_TEST(testTheStoreReadsNothingElse);
    CPPUNIT_TEST(testPicturesOfAFolder);
    CPPUNIT_TEST(testAnImportThatFailsTakesItsPicturesBack);
    CPPUNIT_TEST(testCancellingWhileStoringTakesThemBack);
    CPPUNIT_TEST_SUITE_END();

    static std::string svg(const std::string& body)
    {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">" + body + "</svg>";
    }

    void testKindsByContent()
    {
        CPPUNIT_ASSERT(checkPicture("\x89PNG\r\n\x1A\nrest").kind == PictureKind::Png);
        CPPUNIT_ASSERT(checkPicture("\xFF\xD8\xFF\xE0rest").kind == PictureKind::Jpeg);
        CPPUNIT_ASSERT(checkPicture("RIFF1234WEBPVP8 ").kind == PictureKind::Webp);
        CPPUNIT_ASSERT(checkPicture(svg("")).kind == PictureKind::Svg);
        for (const auto& bad : {std::string(), std::string("GIF89a..."), std::string("RIFF1234WAVE...."),
                                std::string("<html></html>"), std::string(kMaxPictureBytes + 1, 'x')})
            CPPUNIT_ASSERT(!checkPicture(bad).fault.empty());
    }

    void testHarmlessSvgIsTaken()
    {
        for (const auto& text :
             {svg("<path d='M0 0h9' fill=\"url(#g)\"/><g transform=\"rotate(3)\"><!-- a <script> in a comment --></g>"),
              svg("<defs><linearGradient id=\"g\"/></defs><use href=\"#g\"/><use xlink:href='#g' />"),
              svg("<style>.a{fill:url( \"#g\" )}</style><text>on time</text>"),
              svg("<style/><style type='text/css'/><g>\t\r\n</g>"),
              "<?xml version=\"1.0\"?>\n<!-- c -->\n" + svg("<image href=\"data:image/png;base64,AA\"/>")})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::string(), checkPicture(text).fault);
    }

    void testDangerousSvgIsRefused()
    {
        for (const auto* body : {"<script>x</script>",
                                 "<SCRIPT/>",
                                 "<svg:script/>",
                                 "<g><foreignObject/></g>",
                                 "<path onload=\"x\"/>",
                                 "<path d='' ONCLICK = 'x'/>",
                                 "<a href=\"https://x/\"/>",
                                 "<image xlink:href='//x/y.png'/>",
                                 "<image href=\"data:image/svg+xml,x\"/>",
                                 "<a href=\" javascript:x\"/>",
                                 "<use href=\"other.svg#a\"/>",
                                 "<path style=\"fill:url(https://x)\"/>",
                                 "<style>@import 'x'</style>",
                                 "<style>a{b:url(//x)}</style>",
                                 "<style>a{b:\\75rl(//x)}</style>",
                                 "<path fill=\"u&#114;l(//x)\"/>",
                                 "<style>a{}<!-- x -->@import 'x'</style>",
                                 "<style><g/>a{b:url(//x)}</style>",
                                 "<h:p xmlns:h=\"http://www.w3.org/1999/xhtml\">x</h:p>",
                                 "<path d=\"\x1B$B\"/>",
                                 "<set attributeName=\"href\"/>",
                                 "<animateMotion/>",
                                 "<animate/>",
                                 "<path d=unquoted/>",
                                 "<path d",
                                 "<![CDATA[<script/>]]>",
                                 "<?xml-stylesheet href='x'?>",
                                 "<iframe src='#'/>"})
            CPPUNIT_ASSERT_MESSAGE(body, !checkPicture(svg(body)).fault.empty());
        CPPUNIT_ASSERT(!checkPicture("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("")).fault.empty());
        CPPUNIT_ASSERT(!checkPicture("<p/>" + svg("")).fault.empty());
    }

    void testOnlyNamesOfTheStoreAreNames()
    {
        const std::string digits(32, 'a');
        for (const auto* ending : {".svg", ".png", ".jpg", ".webp"}) CPPUNIT_ASSERT(kindOfPictureName(digits + ending));
        for (const auto& bad : {std::string(), digits, digits + ".gif", digits + ".svg/", digits + ".svg.png",
                                digits.substr(1) + ".svg", "/" + digits.substr(1) + ".svg", "../" + digits + ".svg",
                                std::string(32, 'A') + ".svg", digits + ".SVG", digits + std::string(".svg\0", 5)})
            CPPUNIT_ASSERT_MESSAGE(bad, !kindOfPictureName(bad));
    }

    void testStoringTwiceIsOnePicture()
    {
        const zoco::test::TempFolder folder;
        const PictureStore store(folder.path());
        const auto name = pictureNameOf("abc", PictureKind::Png);
        CPPUNIT_ASSERT_EQUAL(std::string("ba7816bf8f01cfea414140de5dae2223.png"), name); // SHA-256 of "abc"
        CPPUNIT_ASSERT(!store.contains(name));
        CPPUNIT_ASSERT(store.store(name, "abc"));
        CPPUNIT_ASSERT(!store.store(name, "abc"));
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), store.read(name).value());
        store.remove(name);
        CPPUNIT_ASSERT(!store.read(name));
    }

    void testTheStoreReadsNothingElse()
    {
        const zoco::test::TempFolder folder;
        folder.write("imagenes/secret", "x");
        folder.write("secret", "x");
        const PictureStore store(folder.path());
        CPPUNIT_ASSERT(!store.read("secret") && !store.read("../secret") && !store.read(""));
        std::filesystem::create_directories(folder.path("imagenes/" + std::string(32, 'a') + ".png"));
        CPPUNIT_ASSERT(!store.read(std::string(32, 'a') + ".png"));
    }

    void testPicturesOfAFolder()
    {
        const zoco::test::TempFolder folder;
        folder.write("pics/7.webp", "w");
        folder.write("pics/sub/a.png", "p");
        folder.write("outside.png", "o");
        const FolderPictures pictures(folder.path("pics"));
        CPPUNIT_ASSERT_EQUAL(std::string("p"), pictures.load(pictures.named("sub/a.png").value()).value());
        CPPUNIT_ASSERT(pictures.ofProduct({"A", "7"}));
        CPPUNIT_ASSERT(!pictures.ofProduct({"A", "sub/a"}));
        CPPUNIT_ASSERT(!pictures.named("../outside.png"));
        CPPUNIT_ASSERT(!pictures.named(folder.path("outside.png")));
        CPPUNIT_ASSERT(!pictures.named("none.png") && !pictures.named("sub"));
    }

    /// An import of two products, each with a picture in the folder.
    struct Import
    {
        Import()
        {
            folder.write("pics/1.svg", svg(""));
            folder.write("pics/2.svg", svg("<g/>"));
            job.files.push_back({"f.csv", ImportFormat::Csv, {}});
            job.pictures = std::make_unique<FolderPictures>(folder.path("pics"));
            for (const auto* key : {"1", "2"}) products.emplace_back().keys = {key};
        }
        bool isStored(std::size_t product) const { return store.contains(products[product].data.imagenes.at(0)); }

        zoco::test::TempFolder folder;
        PictureStore store{folder.path()};
        ImportJob job;
        std::vector<ImportedProduct> products;
        ImportFaults faults;
    };

    void testAnImportThatFailsTakesItsPicturesBack()
    {
        Import import;
        {
            ImportPictures kept(import.job, import.store);
            CPPUNIT_ASSERT(kept.find(import.products, import.faults) && import.faults.isEmpty());
            import.store.store(import.products[1].data.imagenes[0], svg("<g/>")); // was there before
            CPPUNIT_ASSERT_EQUAL(std::uint64_t(1), kept.countNew());
            CPPUNIT_ASSERT(kept.store());
            CPPUNIT_ASSERT(import.isStored(0) && import.isStored(1));
        }
        CPPUNIT_ASSERT(!import.isStored(0));
        CPPUNIT_ASSERT(import.isStored(1));
    }

    void testCancellingWhileStoringTakesThemBack()
    {
        Import import;
        int asked = 0;
        import.job.isCancelled = [&] { return ++asked > 3;
    }; // twice when finding, then before the second is stored
    {
        ImportPictures pictures(import.job, import.store);
        CPPUNIT_ASSERT(pictures.find(import.products, import.faults));
        CPPUNIT_ASSERT(!pictures.store());
        CPPUNIT_ASSERT(import.isStored(0) || import.isStored(1));
    }
    CPPUNIT_ASSERT(!import.isStored(0) && !import.isStored(1));
}
}
;

CPPUNIT_TEST_SUITE_REGISTRATION(PictureTest);
