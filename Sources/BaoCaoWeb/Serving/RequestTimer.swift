import NIOCore

/// Closes a connection on which no part of a request has arrived whole for too long, whatever single
/// bytes come: the head of the first one has to be there soon, each further part within some time.
final class RequestTimer: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private var alarm: Scheduled<Void>?

  private static let firstHead = TimeAmount.seconds(20)
  /// Longer than any answer takes to be made.
  private static let nextPart = TimeAmount.seconds(120)

  func handlerAdded(context: ChannelHandlerContext) { wind(Self.firstHead, context) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    wind(Self.nextPart, context)
    context.fireChannelRead(data)
  }

  func handlerRemoved(context: ChannelHandlerContext) { alarm?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    alarm?.cancel()
    context.fireChannelInactive()
  }

  private func wind(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    alarm?.cancel()
    let channel = context.channel
    alarm = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
