// An extractor in Go: web addresses as mentions, served over dossier.v1.ExtractorService.
//
//	plugins/examples/go/build.sh build/links && build/links/links --listen 127.0.0.1:50063
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"regexp"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "dossier/links/dossierv1"
)

const manifest = `{
  "id": "org.dossier.example.links",
  "version": "1.0.0",
  "abi": "1.0",
  "description": "Finds web addresses.",
  "license": "Apache-2.0",
  "emits": ["mentions"]
}`

// Documents with their layers are larger than gRPC's four megabytes.
const maxMessageBytes = 1 << 30

var link = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)]`)

type service struct {
	pb.UnimplementedExtractorServiceServer
}

func (service) Describe(context.Context, *pb.DescribeRequest) (*pb.DescribeResponse, error) {
	return &pb.DescribeResponse{ManifestJson: manifest}, nil
}

func (service) Health(context.Context, *pb.HealthRequest) (*pb.HealthResponse, error) {
	return &pb.HealthResponse{Ready: true}, nil
}

// Process is one instance of the extractor: a configuration, then documents.
func (service) Process(stream pb.ExtractorService_ProcessServer) error {
	first, err := stream.Recv()
	if err != nil {
		return err
	}
	if first.GetConfiguration() == nil {
		return status.Error(codes.InvalidArgument, "the first request is the configuration")
	}
	configured := &pb.ProcessResponse{
		Message: &pb.ProcessResponse_Configured{Configured: &pb.ExtractorConfigured{}}}
	for err = stream.Send(configured); err == nil; {
		var request *pb.ProcessRequest
		if request, err = stream.Recv(); err == nil {
			output := extract(request.GetDocument().GetDocument().GetText())
			err = stream.Send(&pb.ProcessResponse{
				Message: &pb.ProcessResponse_Output{Output: output}})
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// Go counts bytes of UTF-8, as the contract does.
func extract(text string) *pb.ExtractorOutput {
	output := &pb.ExtractorOutput{Done: &pb.ExtractorDone{}}
	for _, span := range link.FindAllStringIndex(text, -1) {
		output.Mentions = append(output.Mentions, &pb.ExtractedMention{
			Span: &pb.Span{Begin: uint32(span[0]), End: uint32(span[1])},
			Kind: pb.MentionKind_MENTION_KIND_NAME,
			Type: "URL",
		})
	}
	return output
}

func main() {
	address := flag.String("listen", "127.0.0.1:0", "HOST:PORT to listen on; port 0: any free one")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessageBytes))
	pb.RegisterExtractorServiceServer(server, service{})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	go func() {
		<-stop
		server.Stop()
	}()
	fmt.Fprintln(os.Stderr, "listening on", listener.Addr())
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
}
