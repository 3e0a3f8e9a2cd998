//! The topic is made where there is none. One that is there stays as whoever keeps the cluster has made it.
use crate::options::{KafkaOptions, TopicOptions};
use crate::silent::Silent;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::config::FromClientConfigAndContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

/// # Errors
/// There is none and none can be made, or no broker answers in time.
pub(crate) fn ensure(options: &KafkaOptions, name: &str) -> Result<(), String> {
    let failed = |error: KafkaError| format!("the topic {name} can't be made: {error}");
    let admin = AdminClient::from_config_and_context(&options.client(), Silent).map_err(failed)?;
    match make(&admin, options, name).map_err(failed)? {
        None | Some(RDKafkaErrorCode::TopicAlreadyExists) => Ok(()),
        // who may write may perhaps not make topics
        Some(code) if is_there(&admin, options, name) => {
            tracing::debug!(topic = name, %code, "the topic is there already");
            Ok(())
        }
        Some(code) => Err(format!("the topic {name} can't be made: {code}")),
    }
}

fn make(
    admin: &AdminClient<Silent>,
    options: &KafkaOptions,
    name: &str,
) -> Result<Option<RDKafkaErrorCode>, KafkaError> {
    let TopicOptions { partitions, replication, min_insync_replicas, retention_ms } = options.topic;
    let (in_sync, retention) = (min_insync_replicas.to_string(), retention_ms.to_string());
    let topic = NewTopic::new(name, partitions, TopicReplication::Fixed(replication))
        .set("cleanup.policy", "delete")
        .set("min.insync.replicas", &in_sync)
        .set("retention.ms", &retention);
    let limits = AdminOptions::new().request_timeout(Some(options.answer)).operation_timeout(Some(options.answer));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| KafkaError::AdminOpCreation(error.to_string()))?;
    let made = runtime.block_on(admin.create_topics([&topic], &limits))?;
    Ok(made.into_iter().find_map(|result| result.err().map(|(_, code)| code)))
}

fn is_there(admin: &AdminClient<Silent>, options: &KafkaOptions, name: &str) -> bool {
    let metadata = admin.inner().fetch_metadata(Some(name), options.answer);
    metadata.is_ok_and(|all| all.topics().iter().any(|topic| topic.error().is_none() && !topic.partitions().is_empty()))
}
