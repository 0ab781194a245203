package dev.ferrule.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A future that lets the time of its network pass when it is waited for: otherwise the wait would be for ever. */
final class SteppedFuture<T> extends CompletableFuture<T> {
    private final Network network;

    private SteppedFuture(Network network) {
        this.network = network;
    }

    static <T> SteppedFuture<T> of(Network network, CompletionStage<T> stage) {
        SteppedFuture<T> future = new SteppedFuture<>(network);
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new SteppedFuture<>(network);
    }

    @Override
    public T join() {
        step(network.deadline());
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        step(network.deadline());
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = network.time().nanoTime() + unit.toNanos(timeout);
        if (!network.time().await(this::isDone, deadline)) {
            throw new TimeoutException("not done after " + timeout + " " + unit + " of virtual time");
        }
        return super.get();
    }

    private void step(long deadline) {
        if (!isDone() && !network.time().await(this::isDone, deadline)) {
            throw new AssertionError("not done after " + Network.PATIENCE + " of virtual time");
        }
    }
}
