// A real dossierd for tests: started on a free port, stopped or killed at will.
#ifndef DOSSIER_TESTS_SUPPORT_SERVER_PROCESS_H_
#define DOSSIER_TESTS_SUPPORT_SERVER_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace dossier {

// The programs' folder is what the build says: DOSSIER_BIN_DIR, DOSSIER_PLUGIN_DIR.
class ServerProcess {
 public:
  // Starts `dossierd --data data_folder` with further arguments and waits until it listens. Fails
  // the test and leaves address() empty when it does not.
  explicit ServerProcess(const std::string& data_folder, std::vector<std::string> arguments = {});
  // Kills what still runs.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& address() const { return address_; }  // "127.0.0.1:41234"
  pid_t pid() const { return pid_; }
  // What it wrote to standard error until it listened or ended.
  const std::string& log() const { return log_; }

  // SIGKILL; returns when the process is gone.
  void Kill();
  // SIGTERM; returns the exit status, -1 when it did not exit by itself.
  int Stop();

 private:
  // Starts the program and returns the reading end of its standard error.
  int Spawn(std::vector<std::string> command);
  void ReadLogUntilListening(int log);
  int Wait();

  pid_t pid_ = -1;
  std::string address_;
  std::string log_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_SUPPORT_SERVER_PROCESS_H_
