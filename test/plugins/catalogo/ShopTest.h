#pragma once

#include "../gestorbbdd/MariaDbServer.h"
#include "../gestorbbdd/OnBoth.h"
#include "Shop.h"

#include <string>

namespace catalogo::test
{

/// A suite that runs on both engines, by ZOCO_TEST_ON_BOTH.
class ShopTest : public CppUnit::TestFixture
{
protected:
    virtual bool isMariaDb() const { return false; }

    /// Where the data of this test's shops lie; new for each test.
    const std::string& url()
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        if (isMariaDb() && _url.empty()) _url = server().socketUrl(server().newDatabase());
        return _url;
    }

private:
    std::string _url;
};

} // namespace catalogo::test
