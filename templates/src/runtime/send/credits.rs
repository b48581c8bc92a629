//! Credits on the way of a call: what stops it, and what its reply tells.

use tokio::sync::futures::Notified;

use super::{CallExecution, Failure, Phase};
use crate::runtime::clock::Instant;
use crate::runtime::clock::within;
use crate::runtime::credits::{Charge, Purchase, Reserved, Stated, is_amount, required};
use crate::runtime::reply::Meta;
use crate::runtime::{Delivery, Error, ErrorKind};

impl<'a> CallExecution<'a> {
    /// Whether credits could keep it from being sent.
    pub(super) fn may_be_refused(&self) -> bool {
        self.policy.consumes_credits && self.shared.credits.may_refuse()
    }

    /// Stops a call that costs credits if it cannot be sent, whatever becomes of the calls in flight.
    pub(super) fn may_spend(&self) -> Result<(), Error> {
        if !self.may_be_refused() {
            return Ok(());
        }
        let refusal = self.shared.credits.refusal(self.purchase());
        refusal.map_or(Ok(()), |reason| Err(self.refused(&reason)))
    }

    /// Reserves what a call that costs credits may cost. Returns the time of its turn, which is a later one
    /// if calls in flight had to end first.
    pub(super) async fn reserve(&mut self, turn: Instant) -> Result<Instant, Error> {
        if !self.may_be_refused() {
            return Ok(turn);
        }
        // Boxed, so that the calls that need not wait have no room for it.
        Box::pin(self.wait_for_reservation(turn)).await
    }

    async fn wait_for_reservation(&mut self, mut turn: Instant) -> Result<Instant, Error> {
        let (credits, clock) = (&self.shared.credits, &*self.shared.clock);
        loop {
            match credits.reserve(self.purchase(), clock) {
                Reserved::Now(reservation) => {
                    self.reservation = Some(Box::new(reservation));
                    return Ok(turn);
                }
                Reserved::Later(ended) => {
                    self.group.take_back(turn);
                    self.wait_for_others(turn, ended).await?;
                }
                Reserved::Never(reason) => {
                    self.group.take_back(turn);
                    return Err(self.refused(&reason));
                }
            }
            turn = self.queue(true).await?;
        }
    }

    /// Waits until a call in flight has ended. Each ends within its timeout, unless nobody polls it.
    async fn wait_for_others(&mut self, from: Instant, ended: Notified<'_>) -> Result<(), Error> {
        let timeout = self.request.settings.timeout;
        let most = self.left().map_or(timeout, |left| left.min(timeout));
        let ended = within(&*self.shared.clock, Some(most), ended).await;
        self.timing.queued += self.shared.clock.now() - from;
        let reason = "what is left above the floor is reserved for calls in flight";
        ended.ok_or_else(|| self.refused(reason).retryable(true))
    }

    fn refused(&self, reason: &str) -> Error {
        self.error(ErrorKind::CreditsExhausted, &format!("was not sent: {reason}"))
    }

    fn purchase(&self) -> Purchase {
        let cap = self.shared.conventions.cap_field.and_then(|field| self.request.number(field));
        Purchase { operation: self.attempt.operation, cap: cap.filter(is_amount) }
    }

    /// Notes what the reply to a request that was `sent` then, and is read `now`, tells of credits.
    pub(super) fn learn_credits(
        &mut self,
        meta: &Meta,
        stated: &Stated,
        body: &[u8],
        sent: Instant,
        now: Instant,
    ) {
        let credits = &self.shared.credits;
        if let Some(balance) = stated.balance {
            credits.learn(sent, now, balance);
        }
        let succeeds = meta.status.is_success() && stated.success != Some(false);
        if succeeds && self.policy.consumes_credits {
            credits.succeed(self.attempt.operation, sent, stated);
        }
        if meta.status.as_u16() == 402 {
            let required = required(&self.shared.conventions, body);
            credits.refuse(sent, now, required, stated.balance);
        }
        let charge = match stated.balance {
            Some(_) => Charge::Settled,
            None if meta.status.is_client_error() => Charge::Nothing,
            None => Charge::Unsettled(stated.cost),
        };
        self.end_reservation(charge);
    }

    /// Notes what a call may have cost that got no reply.
    pub(super) fn learn_loss(&mut self, failure: &Failure) {
        let was_sent = match failure {
            Failure::Late(phase, _) => *phase != Phase::Connect,
            Failure::Lost(_, error) => {
                !matches!(error.delivery(), Delivery::NotSent | Delivery::Refused)
            }
            Failure::TooLarge(_) | Failure::Packed(..) => true,
        };
        self.timing.uncertain += u32::from(was_sent);
        self.end_reservation(if was_sent { Charge::Unsettled(None) } else { Charge::Nothing });
    }

    pub(super) fn end_reservation(&mut self, charge: Charge) {
        if let Some(reservation) = self.reservation.take() {
            reservation.end(charge);
        }
    }
}
