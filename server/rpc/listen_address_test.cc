#include "server/rpc/listen_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

TEST(ListenAddress, TakesHostAndPort) {
  EXPECT_THAT(CheckListenAddress("127.0.0.1:0"), IsOk());
  EXPECT_THAT(CheckListenAddress("localhost:0"), IsOk());
  EXPECT_EQ(WithPort("127.0.0.1:0", 1234), "127.0.0.1:1234");
  EXPECT_EQ(WithPort("[::1]:0", 1234), "[::1]:1234");
}

TEST(ListenAddress, SaysWhatIsWrong) {
  for (const char* address : {"", "127.0.0.1", ":50051", "127.0.0.1:", "127.0.0.1:x", "a:1b"}) {
    EXPECT_THAT(CheckListenAddress(address),
                StatusIs(absl::StatusCode::kUnavailable, HasSubstr("not HOST:PORT")))
        << address;
  }
  for (const char* address : {"127.0.0.1:65536", "127.0.0.1:99999999999999999999"}) {
    EXPECT_THAT(CheckListenAddress(address),
                StatusIs(absl::StatusCode::kUnavailable, HasSubstr("65535")));
  }
  EXPECT_THAT(CheckListenAddress("192.0.2.1:0"),  // kept for documentation: nobody has it
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("192.0.2.1:0")));
}

TEST(ListenAddress, KnowsWhoCanReachIt) {
  for (const char* address : {"127.0.0.1:0", "127.8.9.10:50051", "[::1]:0"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:50051", "10.0.0.1:1"}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

TEST(ListenAddress, SeesAPortInUse) {
  const int taken = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(bind(taken, generic, size), 0);
  ASSERT_EQ(listen(taken, 1), 0);
  ASSERT_EQ(getsockname(taken, generic, &size), 0);
  const std::string text = WithPort("127.0.0.1:0", ntohs(address.sin_port));
  EXPECT_THAT(CheckListenAddress(text),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(text + ": the port is in use")));
  close(taken);
}

}  // namespace
}  // namespace dossier
